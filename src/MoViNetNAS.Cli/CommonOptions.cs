using System.CommandLine;
using System.CommandLine.Parsing;

namespace MoViNetNAS.Cli;

/// <summary>The options that mean the same on every verb. A verb adds the ones it honours: <c>new Command("x") { CommonOptions.Json }</c>.</summary>
internal static class CommonOptions
{
    /// <summary>Results as JSON on stdout.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON." };

    /// <summary>Root of all randomness.</summary>
    public static Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Root of all randomness.",
        HelpName = "number",
        CustomParser = ParseSeed,
        DefaultValueFactory = _ => 0,
    };

    /// <summary>Threads of tensor operations; null means all processors.</summary>
    public static Option<int?> Threads { get; } = WholeNumber("--threads", "Threads to compute with (default: all processors).", 1, 1024);

    /// <summary>The database file of runs, trials and models.</summary>
    public static Option<string> Database { get; } = new("--db")
    {
        Description = "Database of runs, trials and models.",
        HelpName = "file",
        DefaultValueFactory = _ => Path.Combine("results", "movinet.db"),
    };

    /// <summary>What a command that goes on with a run must say beside its name: the database, where it is not the usual one.</summary>
    public static string AlsoForResuming(ParseResult parse)
    {
        if (parse.GetResult(Database) is not { Implicit: false }) return "";
        return $" --db {Quoted(parse.GetValue(Database)!)}";
    }

    /// <summary>A path as it is typed into a shell.</summary>
    public static string Quoted(string path) => path.Any(char.IsWhiteSpace) ? $"\"{path}\"" : path;

    /// <summary>"path=value" texts that change a configuration before it is read.</summary>
    public static Option<string[]> Set { get; } = new("--set")
    {
        Description = "Change a value of the configuration, for example --set search.steps=200. May be repeated.",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>"cpu" or "cuda".</summary>
    public static Option<string> Device { get; } = OneOf("--device", "Where to compute.", "cpu", "cpu", "cuda");

    /// <summary>An option that takes a whole number in [<paramref name="minimum"/>, <paramref name="maximum"/>]; null when not given.</summary>
    public static Option<int?> WholeNumber(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "number",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, out int number) && number >= minimum && number <= maximum) return number;
            result.AddError($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'.");
            return null;
        },
    };

    /// <summary>An option that takes one of <paramref name="names"/>.</summary>
    public static Option<string> OneOf(string name, string description, string missing, params string[] names) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', names),
        DefaultValueFactory = _ => missing,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (names.Contains(text)) return text;
            result.AddError($"{name} must be one of {string.Join(", ", names)}, not '{text}'{Spaces.NearestName.End(text, names)}");
            return missing;
        },
    };

    private static ulong ParseSeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ulong.TryParse(text, System.Globalization.NumberStyles.None, null, out ulong seed)) return seed;
        result.AddError($"--seed must be a whole number from 0 to {ulong.MaxValue}, not '{text}'.");
        return 0;
    }
}
