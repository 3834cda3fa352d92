using System.CommandLine;
using System.CommandLine.Help;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>Answers arguments that could not be read: what is wrong, and the nearest name.</summary>
internal static class Misreading
{
    /// <summary>Writes every mistake of <paramref name="parse"/> to <paramref name="error"/>.</summary>
    public static int Report(ParseResult parse, TextWriter error)
    {
        var command = parse.CommandResult.Command;
        var unread = parse.UnmatchedTokens;
        if (unread.Count == 0 && NeedsVerb(command))
        {
            error.WriteLine($"a verb is needed: {string.Join(", ", Verbs(command))}.");
        }
        else
        {
            foreach (string sentence in Sentences(parse, command, unread)) error.WriteLine(sentence);
        }

        error.WriteLine($"`{Name(parse)} --help` lists what can be said.");
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Sentences(ParseResult parse, Command command, IReadOnlyList<string> unread)
    {
        if (NeedsVerb(command))
        {
            string verb = unread[0];
            return [$"there is no verb '{verb}'{Ending(NearestName.Hint(verb, Verbs(command)))} Verbs: {string.Join(", ", Verbs(command))}."];
        }

        string[] options = [.. unread.Where(token => token.StartsWith('-'))];
        // What follows an option that is not known is its value, not a second mistake.
        var unknown = options.Length > 0
            ? options.Select(option => $"unknown option '{option}'{Ending(NearestName.Hint(option, Options(command)))}")
            : unread.Select(token => $"unexpected '{token}'.");
        var others = parse.Errors.Select(fault => fault.Message).Where(message => !unread.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)));
        return unknown.Concat(others);
    }

    // `bench` has subcommands and does something by itself.
    private static bool NeedsVerb(Command command) => command.Subcommands.Count > 0 && command.Action is null;

    private static string Ending(string hint) => hint.Length > 0 ? hint : ".";

    private static IEnumerable<string> Verbs(Command command) => command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name);

    private static IEnumerable<string> Options(Command command) => command.Options.Select(option => option.Name);

    private static string Name(ParseResult parse)
    {
        var names = new List<string>();
        for (var at = parse.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "movinet" : at.Command.Name);
        return string.Join(' ', names);
    }
}
