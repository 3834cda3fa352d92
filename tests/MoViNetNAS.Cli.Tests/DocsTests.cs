using System.CommandLine;
using MoViNetNAS.Cli.Tests.Docs;
using Xunit.Sdk;

namespace MoViNetNAS.Cli.Tests;

/// <summary>What the documentation tells people to type is understood, is there for every verb, and runs.</summary>
[Collection(RunCollection.Name)]
public sealed class DocsTests(ITestOutputHelper output)
{
    private static readonly string VerbPage = Path.Combine(Repository.Root, "docs", "verbs.md");

    [Fact]
    public void Every_command_of_the_documentation_and_of_the_experiments_is_understood()
    {
        DocsCommand[] commands = [.. DocsPages.All.SelectMany(DocsCommand.Of), .. Experiments.SelectMany(DocsCommand.OfComment)];
        Assert.True(commands.Length > 100, $"only {commands.Length} commands were found");
        Assert.Empty(commands.SelectMany(Mistakes));
    }

    [Fact]
    public void A_command_that_would_not_be_understood_is_found()
    {
        Assert.NotEmpty(Mistakes(new DocsCommand("here", "./movinet serach experiments/quickstart.json", false)));
        Assert.NotEmpty(Mistakes(new DocsCommand("here", "./movinet search --thread 1", false)));
        Assert.NotEmpty(Mistakes(new DocsCommand("here", "./movinet search experiments/quickstat.json", false)));
        Assert.NotEmpty(Mistakes(new DocsCommand("here", "./movinet space", false)));
        Assert.Equal(["search", "a b", "--set", "x=\"y\""], DocsCommand.Split("search \"a b\"  --set 'x=\"y\"'   # a \"comment\""));
    }

    [Fact]
    public void Every_verb_has_an_example_and_a_section_of_its_name()
    {
        DocsCommand[] commands = [.. DocsCommand.Of(VerbPage)];
        var shown = commands.Select(command => CommandLine.Parse(command.Arguments).CommandResult.Command).ToHashSet();
        (string Name, Command Verb)[] verbs = [.. Verbs(CommandLine.Verbs, "")];
        Assert.True(verbs.Length > 25, $"only {verbs.Length} verbs were found");
        string[] missing = [.. verbs.Where(verb => !shown.Contains(verb.Verb)).Select(verb => $"docs/verbs.md has no example of `movinet {verb.Name}`")];
        Assert.Empty(missing);
        // A group of many small verbs may have one section.
        string[] headings = [.. File.ReadAllLines(VerbPage).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];
        string[] untold = [.. verbs.Select(verb => verb.Name).Where(name => !headings.Contains(name) && !headings.Contains(name.Split(' ')[0]))];
        Assert.Empty(untold);
        string[] unknown = [.. headings.Where(heading => !IsVerb(heading))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void The_commands_that_are_marked_so_run_one_after_the_other()
    {
        DocsCommand[] commands = [.. DocsCommand.Of(VerbPage).Where(command => command.IsRun)];
        Assert.NotEmpty(commands);
        using var folder = new DocsFolder();
        foreach (var command in commands)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var run = Movinet.Run(WithOneThread(command));
            output.WriteLine($"{watch.ElapsedMilliseconds,6} ms  {command.Text}");
            if (run.ExitCode != ExitCode.Done) throw new XunitException($"{command.Place}: {command.Text}: exit {run.ExitCode}: {run.Error}\n{run.Output}");
        }
    }

    private static string[] Experiments => [.. Directory.GetFiles(Path.Combine(Repository.Root, "experiments"), "*.json").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Mistakes(DocsCommand command)
    {
        string[] args = command.Arguments;
        var parse = CommandLine.Parse(args);
        if (!CommandLine.IsUnderstood(parse)) yield return $"{command.Place}: {command.Text}: {string.Join(" ", parse.Errors.Select(error => error.Message).DefaultIfEmpty("no verb"))}";
        foreach (string file in args.Where(arg => arg.StartsWith("experiments/", StringComparison.Ordinal) || arg.StartsWith("searchspaces/", StringComparison.Ordinal)))
            if (!File.Exists(Path.Combine(Repository.Root, file))) yield return $"{command.Place}: {command.Text}: there is no file {file}";
    }

    private static bool IsVerb(string heading) => CommandLine.Parse(heading.Split(' ')).CommandResult.Command.Name == heading.Split(' ')[^1];

    // A command that only groups others does nothing by itself.
    private static IEnumerable<(string Name, Command Verb)> Verbs(Command command, string name)
    {
        if (command.Action is not null && command is not RootCommand) yield return (name, command);
        foreach (var inner in command.Subcommands.Where(inner => !inner.Hidden).SelectMany(verb => Verbs(verb, $"{name} {verb.Name}".TrimStart()))) yield return inner;
    }

    // Threads are the process's and searches of other tests are compared bit for bit. A rival's evolution is made short here: other searches may not name one.
    private static string[] WithOneThread(DocsCommand command)
    {
        var options = CommandLine.Parse(command.Arguments).CommandResult.Command.Options;
        List<string> args = [.. command.Arguments];
        if (options.Contains(CommonOptions.Threads)) args.AddRange(["--threads", "1"]);
        if (args.Contains("spos")) args.AddRange(["--set", "search.evolution={\"population\":4,\"generations\":1}"]);
        return [.. args];
    }
}
