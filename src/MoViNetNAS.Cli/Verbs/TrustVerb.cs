using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Cli.Trust;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet trust`: whether the shared weights of a search can be believed.</summary>
internal static class TrustVerb
{
    private static readonly Argument<string?> Run = new("run") { Description = "A finished search.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<int?> Architectures = CommonOptions.WholeNumber("--architectures", "Architectures trained from scratch (default: the experiment's, or 20).", 3, 100_000);
    private static readonly Option<int?> Seeds = CommonOptions.WholeNumber("--seeds", "Trainings of each (default: the experiment's, or 2).", 1, 1000);
    private static readonly Option<string?> Table = new("--table") { Description = "Take stand-alone accuracies from this tabular benchmark instead of training.", HelpName = "folder" };

    public static Command Create()
    {
        var command = new Command("trust", "Compare shared-weight scores with stand-alone trainings: rank correlation, its ceiling, and what cost alone says.")
        {
            Run, Architectures, Seeds, Table, ExperimentOptions.Data, CommonOptions.Database, CommonOptions.Threads, CommonOptions.Json, TrustStudyVerb.Create(),
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        if (parse.GetValue(Table) is not null) ExperimentOptions.RequireAlone(parse, "--table", Architectures, Seeds);
        using var store = Stores.OpenExisting(parse);
        string name = parse.GetValue(Run) ?? throw new InputException("which run? Give the name of a finished search; `movinet runs` lists them.");
        var record = store.Run(name);
        var folder = new RunFolder(store.Path, name);
        var experiment = Experiment.Load(folder.Config);
        if (parse.GetValue(ExperimentOptions.Data) is { } data) experiment = experiment with { Data = experiment.Data.At(data) };
        var machine = RunMachine.Load(folder.Machine);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads) ?? machine.Threads);
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        var asked = experiment.Trust ?? TrustSettings.Default;
        var settings = new TrustSettings(parse.GetValue(Architectures) ?? asked.Architectures, parse.GetValue(Seeds) ?? asked.Seeds);
        var trust = new TrustRun(record, experiment, store, terminal);
        var compared = interruption.Run(cancellation => parse.GetValue(Table) is { } table
            ? trust.ByTable(TabularFiles.Load(table), machine, cancellation)
            : trust.ByTraining(settings, machine, cancellation));
        var report = TrustFiles.Write(trust.Folder, compared);
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(report);
        else TrustFiles.Print(report, terminal);
        terminal.Note($"files: {trust.Folder}");
        return ExitCode.Done;
    }
}
