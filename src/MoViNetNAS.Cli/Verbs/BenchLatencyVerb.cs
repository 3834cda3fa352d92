using System.CommandLine;
using MoViNetNAS.Cli.Bench;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet bench latency`: measures the operations of a space on this machine, for searches that target milliseconds.</summary>
internal static class BenchLatencyVerb
{
    private const int DefaultNetworks = 100, FewestNetworks = 2;

    private static readonly Option<string> Variant = CommonOptions.OneOf(
        "--variant", "How networks are built, as in the search: causal or stream.", NetworkVariant.Causal.Name,
        [.. NetworkVariant.ByName.Values.Where(variant => variant.IsCausal).Select(variant => variant.Name)]);

    private static readonly Option<int?> Networks = CommonOptions.WholeNumber(
        "--networks", $"Random networks that the table is tried on (default {DefaultNetworks}).", FewestNetworks, 100_000);

    private static readonly Option<int?> Threads = CommonOptions.WholeNumber("--threads", "Threads that compute a frame (default 1).", 1, 1024);

    private static readonly Option<bool> Quick = new("--quick") { Description = "Few runs: shows that everything works, says little about speed." };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "The table (default: results/latency/SPACE-VARIANT-THREADSt.json).",
        HelpName = "file",
    };

    public static Command Create()
    {
        var command = new Command("latency", "Measure the operations of a space, and fit the milliseconds of a streamed frame, for searches that target them.")
        {
            NetworkOptions.Space, Variant, NetworkOptions.Classes, Networks, Threads, Quick, Output, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var space = SpaceFile.Load(parse.GetValue(NetworkOptions.Space) ?? throw new InputException("which space? Give --space FILE, for example --space searchspaces/tiny.json."));
        if (space.Definition.InputChoices is { Resolutions.Length: > 1 } input)
            throw new InputException($"--space: space '{space.Name}' chooses among the resolutions {string.Join(", ", input.Resolutions)}, and a table holds milliseconds of one; give a space with one resolution.");
        var variant = NetworkVariant.ByName[parse.GetValue(Variant)!];
        int threads = parse.GetValue(Threads) ?? 1;
        string path = parse.GetValue(Output) ?? Path.Combine("results", "latency", $"{space.Name}-{variant.Name}-{threads}t.json");
        BenchFiles.RequireWritable(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (Directory.Exists(path)) throw new InputException($"--output {path}: that is a folder; name a file.");
        var machine = BenchMachine.Here(TimeProvider.System, [threads]);
        if (machine.IsBusy)
            terminal.Note(FormattableString.Invariant($"the machine is busy (load {machine.LoadPerCore:0.00} per core in the last minute): milliseconds will be too long and less sure."));

        NativeHeap.KeepFreedMemory();
        bool isQuick = parse.GetValue(Quick);
        using var interruption = new Interruption(terminal.Error);
        var found = interruption.Run(cancellation => LatencyBench.Run(
            new BenchContext(terminal, TimeProvider.System, [threads], isQuick, cancellation), space, variant, NetworkOptions.ReadClasses(parse),
            parse.GetValue(Networks) ?? DefaultNetworks, machine));
        LatencyFile.Save(found.Table, path);
        var report = LatencyReport.Of(found, machine, isQuick, path);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(report);
        else Write(terminal, report, machine);
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, LatencyReport report, BenchMachine machine)
    {
        terminal.Line(machine.Text);
        if (report.IsQuick) terminal.Line("QUICK RUN: few runs; these figures say little about speed.");
        string Ms(double ms) => Numbers.Three(ms) + " ms";
        var (worth, line) = (report.Validation, report.Calibration);
        terminal.Line(FormattableString.Invariant(
            $"space '{report.Space}', {report.Variant}, {report.Classes} classes, {report.Resolution}x{report.Resolution}, {Numbers.Threads(report.Threads)}; {report.Seconds:0} s"));
        terminal.Table(["", "", ""],
        [
            ["operations", $"{report.Operations}", $"{report.Measured} measured, in {report.FittingNetworks} networks; the rest by the line of their kind"],
            ["a frame takes", Ms(line.Ms), FormattableString.Invariant($"+ {line.Slope:0.000} x the sum of its operations")],
            ["R2", FormattableString.Invariant($"{worth.R2:0.000}"), FormattableString.Invariant($"on {worth.Networks} random networks that were not used for the fit; a line over multiply-adds: {report.MacsR2:0.000}")],
            ["mean error", FormattableString.Invariant($"{100 * worth.MeanError:0.0} %"), Ms(worth.MeanErrorMs)],
            ["fastest network", Ms(report.Fastest.MeasuredMs), $"{Ms(report.Fastest.PredictedMs)} by the table; {report.Fastest.Genotype}"],
            ["slowest network", Ms(report.Slowest.MeasuredMs), $"{Ms(report.Slowest.PredictedMs)} by the table; {report.Slowest.Genotype}"],
            ["speed", FormattableString.Invariant($"{100 * report.SpeedRange:0} %"), "between the processor's slow and fast moments; times are scaled to the usual one"],
        ]);
        terminal.Line($"wrote {report.File}; in an experiment: \"objective\": \"latencyMs\", \"latencyTable\": a path to it from the experiment's folder.");
    }
}
