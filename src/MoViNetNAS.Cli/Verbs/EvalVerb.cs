using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet eval`: measures a trained network on held-out clips.</summary>
internal static class EvalVerb
{
    private static readonly Option<string> Checkpoint = new("--checkpoint") { Description = "A trained network: its folder or file.", HelpName = "path", Required = true };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Folder for evaluation.json, the confusion matrix and, with --frame-by-frame, accuracy per frame, as pictures and tables.",
        HelpName = "folder",
    };

    public static Command Create()
    {
        var command = new Command("eval", "Measure a trained network on held-out clips.") { Checkpoint, Output };
        foreach (var option in HeldOutClips.All.Concat([CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json])) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var options = HeldOutClips.Read(parse);
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var device = Devices.Open(parse.GetValue(CommonOptions.Device)!);
        var (network, card) = ModelCheckpoint.Load(parse.GetValue(Checkpoint)!, device);
        string? weights = ModelCheckpoint.WeightsHash(parse.GetValue(Checkpoint)!);
        using var owned = network;
        if (options.IsFrameByFrame && !card.Design.CanStream)
            throw new InputException($"--frame-by-frame needs a causal network; '{card.Name}' is a {card.Design.VariantName} network.");
        var (result, clips) = interruption.Run(cancellation =>
        {
            var opened = DataOpening.Open(HeldOutClips.Settings(parse, card), card.Input, terminal, cancellation);
            HeldOutClips.RequireClasses(card, opened);
            return (HeldOutClips.Measure(parse, [new EvaluationMember(network, opened)], device, cancellation), opened);
        });
        var cost = CostModel.Of(card.Design, card.Classes.Count, card.Input);
        var output = new EvaluationOutput(card.Name, HeldOutClips.PartName(parse), result, cost, options.Views)
        {
            WeightsHash = weights,
            SplitHash = clips.SplitHash,
        };
        if (parse.GetValue(Output) is { } folder) terminal.Note($"wrote {string.Join(", ", EvaluationFiles.Write(folder, output, result))}");
        if (parse.GetValue(CommonOptions.Json)) terminal.Json(output);
        else output.Write(terminal, clips.Name);
        return ExitCode.Done;
    }
}
