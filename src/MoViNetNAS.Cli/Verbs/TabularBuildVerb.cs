using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet tabular build`: trains every architecture of a space.</summary>
internal static class TabularBuildVerb
{
    private static readonly Argument<string> File = new("file") { Description = "A benchmark, for example experiments/micro-table.json." };
    private static readonly Option<string?> Out = new("--out") { Description = "Where to (default: results/NAME).", HelpName = "folder" };
    private static readonly Option<string> Part = new("--part") { Description = "Build this part only, for example 1/2; several may run at once.", HelpName = "i/n", DefaultValueFactory = _ => "1/1" };

    public static Command Create()
    {
        var command = new Command("build", "Train every architecture of a small space from every seed; run again, it goes on.")
        {
            File, Part, Out, ExperimentOptions.Data, CommonOptions.Threads,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var (part, parts) = ReadPart(parse.GetValue(Part)!);
        var section = TabularSection.Load(parse.GetValue(File)!);
        var experiment = Experiment.Load(section.Experiment);
        if (parse.GetValue(ExperimentOptions.Data) is { } data) experiment = experiment with { Data = experiment.Data.At(data) };
        string folder = parse.GetValue(Out) ?? Path.Combine("results", section.Name);
        int threads = Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        interruption.ResumeCommand = "./movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1));
        var build = new TabularBuild(section, experiment, folder, terminal);
        bool isWhole = interruption.Run(cancellation => build.Run(part, parts, RunMachine.Here("cpu", threads), cancellation));
        if (isWhole) terminal.Line($"the table is whole: {folder}");
        return ExitCode.Done;
    }

    private static (int Part, int Parts) ReadPart(string text)
    {
        string[] numbers = text.Split('/');
        if (numbers.Length == 2 && int.TryParse(numbers[0], out int part) && int.TryParse(numbers[1], out int parts) && part >= 1 && part <= parts) return (part, parts);
        throw new InputException($"--part must be i/n with i from 1 to n, for example 1/2, not '{text}'.");
    }
}
