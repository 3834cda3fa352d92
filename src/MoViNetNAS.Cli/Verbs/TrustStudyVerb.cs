using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Cli.Trust;
using MoViNetNAS.Search;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet trust study`: what each part of a search does to the trust in its shared weights.</summary>
internal static class TrustStudyVerb
{
    private static readonly Argument<string> File = new("file") { Description = "A trust study, for example experiments/trust-micro.json." };

    public static Command Create()
    {
        var command = new Command("study", "Search with and without parts of the method, and hold every supernet against a table of trained networks; run again, it goes on.")
        {
            File, CommonOptions.Database, CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var study = TrustStudy.Load(parse.GetValue(File)!);
        var benchmark = TabularFiles.Load(study.Table);
        int threads = Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var machine = RunMachine.Here(parse.GetValue(CommonOptions.Device)!, threads);
        using var store = RunStore.Open(parse.GetValue(CommonOptions.Database)!);
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        string folder = new RunFolder(store.Path, study.Name).Path;
        var rows = interruption.Run(cancellation => study.Rows.Select((row, i) => RowOf(row.Name, i, row.Set, cancellation)).ToList());
        TrustStudyFiles.Write(folder, study, rows, machine.Command, machine.Text);
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(rows);
        }
        else
        {
            terminal.Line(TrustStudyFiles.Setting(study, rows[0].Reports[0]));
            terminal.Out.Write(TrustStudyFiles.Table(rows).ToText());
        }

        terminal.Note($"files: {folder}");
        return ExitCode.Done;

        TrustRow RowOf(string name, int number, IReadOnlyList<string> set, CancellationToken cancellation)
        {
            var reports = new List<TrustReport>();
            var found = new List<double?>();
            var compared = new List<IReadOnlyList<TrustedArchitecture>>();
            foreach (ulong seed in study.Seeds)
            {
                var experiment = Experiment.Load(study.Experiment, [.. set, $"seed={seed}"]);
                terminal.Note($"{name}, seed {seed}");
                var record = StoredSearch.Run($"{study.Name}-{number + 1}-{seed}", experiment, machine, store, terminal, cancellation);
                var run = new TrustRun(record, experiment, store, terminal);
                compared.Add(run.ByTable(benchmark, machine, cancellation));
                reports.Add(TrustFiles.Write(run.Folder, compared[^1]));
                found.Add(record.MostProbableFeasible is { } genotype ? benchmark[benchmark.Space.Parse(genotype)].MeanTest : null);
            }

            if (number == 0) TrustStudyFiles.Draw(folder, name, compared);
            return new TrustRow(name, reports, found);
        }
    }
}
