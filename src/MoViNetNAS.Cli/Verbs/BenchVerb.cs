using System.CommandLine;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet bench`: measures this machine, ours and libtorch's side in the same run.</summary>
internal static class BenchVerb
{
    private static readonly Argument<string[]> Sections = new("section")
    {
        Description = $"What to measure: {string.Join(", ", BenchSections.Names)} (default: all).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Small cases and few runs: shows that everything works, says nothing about speed." };

    private static readonly Option<string?> Folder = new("--output")
    {
        Description = "Write bench.json, a CSV file for each section, the picture and README.md there.",
        HelpName = "folder",
    };

    public static Command Create()
    {
        var command = new Command("bench", "Measure speed and memory on this machine, ours and libtorch's side in the same run.")
        {
            Sections, Quick, Folder, CommonOptions.Threads, CommonOptions.Json,
        };
        command.Add(BenchLatencyVerb.Create()); // no section: it measures one space, for searches
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        string[] words = parse.GetValue(Sections) ?? [];
        if (Array.Find(words, word => word.StartsWith('-')) is { } option) // an argument of many words takes it in
            throw new InputException($"unknown option '{option}'{NearestName.End(option, parse.CommandResult.Command.Options.Select(known => known.Name))}");
        var names = BenchSections.Choose(words);
        string? folder = parse.GetValue(Folder);
        if (folder is not null) BenchFiles.RequireWritable(folder);
        using var interruption = new Interruption(terminal.Error);
        int[] threads = parse.GetValue(CommonOptions.Threads) is { } asked ? [asked] : [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
        var machine = BenchMachine.Here(TimeProvider.System, threads);
        if (machine.IsBusy)
            terminal.Note(FormattableString.Invariant($"the machine is busy (load {machine.LoadPerCore:0.00} per core in the last minute): times will be too long, ratios less sure."));

        bool isJson = parse.GetValue(CommonOptions.Json);
        var report = new BenchReport(machine, parse.GetValue(Quick), []);
        if (!isJson) terminal.Line(report.Head);
        HeapReserve.Prepare(report.IsQuick);
        report = interruption.Run(cancellation =>
        {
            var context = new BenchContext(terminal, TimeProvider.System, threads, report.IsQuick, cancellation);
            return report with { Results = [.. names.Select(name => (name, Measure(context, name, isJson)))] };
        });
        if (isJson) terminal.Json(report);
        if (folder is not null) terminal.Note($"wrote {string.Join(", ", BenchFiles.Save(report, folder).Select(name => Path.Combine(folder, name)))}");
        return ExitCode.Done;
    }

    // People read a table while the next section is measured.
    private static IBenchSection Measure(BenchContext context, string name, bool isJson)
    {
        var section = BenchSections.Run(name, context);
        if (!isJson) context.Terminal.Line(BenchReport.Text(section));
        return section;
    }
}
