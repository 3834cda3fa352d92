using System.CommandLine;
using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Models;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet ensemble`: measures trained networks alone and together.</summary>
internal static class EnsembleVerb
{
    private static readonly Option<string[]> Checkpoint = new("--checkpoint")
    {
        Description = "A trained network: its folder or file; give two or more.",
        HelpName = "path",
        Required = true,
    };

    /// <summary>How members share frames.</summary>
    public static Option<string?> Sharing { get; } = new("--sharing")
    {
        Description = "Frames of the members: same (all see every second of two), alternate (they take turns), own (each its own clips). Default: same where their frame strides allow it, else own.",
        HelpName = string.Join('|', FrameSharings.ByName.Keys),
    };

    public static Command Create()
    {
        var command = new Command("ensemble", "Measure the mean of the logits of trained networks, and each alone.") { Checkpoint, Sharing };
        foreach (var option in HeldOutClips.All.Concat([CommonOptions.Device, CommonOptions.Threads, CommonOptions.Json])) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    /// <summary>The way of sharing that was asked for; null when none was.</summary>
    /// <exception cref="InputException">There is no such way.</exception>
    public static FrameSharing? ReadSharing(ParseResult parse)
    {
        if (parse.GetValue(Sharing) is not { } name) return null;
        return FrameSharings.ByName.TryGetValue(name, out var sharing)
            ? sharing
            : throw new InputException($"--sharing must be one of {string.Join(", ", FrameSharings.ByName.Keys)}, not '{name}'{NearestName.End(name, FrameSharings.ByName.Keys)}");
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        using var interruption = new Interruption(terminal.Error);
        var options = HeldOutClips.Read(parse);
        var sharing = ReadSharing(parse);
        string[] paths = parse.GetValue(Checkpoint)!;
        if (paths.Length < 2) throw new InputException("an ensemble has at least two members: give --checkpoint twice or more (`movinet eval` measures one network).");
        Devices.UseThreads(parse.GetValue(CommonOptions.Threads));
        var device = Devices.Open(parse.GetValue(CommonOptions.Device)!);
        using var ensemble = new EnsembleMembers(paths, sharing, device);
        if (options.IsFrameByFrame) ensemble.RequireStream();
        var (alone, together, dataset) = interruption.Run(cancellation =>
        {
            var members = ensemble.Open(HeldOutClips.Settings(parse, ensemble.Cards[0]), terminal, cancellation);
            var alone = members.Select(member => HeldOutClips.Measure(parse, [member with { Share = new FrameShare(0, ensemble.Turns) }], device, cancellation)).ToArray();
            return (alone, HeldOutClips.Measure(parse, members, device, cancellation), members[0].Dataset.Name);
        });
        string split = HeldOutClips.PartName(parse);
        EvaluationOutput Output(string name, EvaluationResult result, Cost cost) => new(name, split, result, cost, options.Views);
        EvaluationOutput[] outputs = [.. ensemble.Cards.Zip(alone, (card, result) => Output(card.Name, result, Spaces.Cost.Together([EnsembleMembers.Of(card)], ensemble.Turns)))];
        var output = Output("ensemble", together, ensemble.Cost());
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(new { sharing = FrameSharings.NameOf(ensemble.Sharing), members = outputs, ensemble = output });
            return ExitCode.Done;
        }

        output.Write(terminal, dataset);
        terminal.Line($"members share frames: {FrameSharings.NameOf(ensemble.Sharing)}");
        terminal.Table(
            ["", $"{output.MeasureName}>", "multiply-adds a video>", "per frame of the stream>", "parameters>", "state>"],
            outputs.Append(output).Zip(ensemble.Cards.Select(EnsembleMembers.Of).Append(ensemble.Cost()), (one, cost) => new[]
            {
                one.Model, FormattableString.Invariant($"{100 * one.Measure:F1} %"), Units.Metric(one.MacsPerVideo), Units.Metric(one.MacsPerFrame),
                Units.Count(cost.TrainableParameters), Units.Bytes(cost.StreamStateBytes),
            }));
        return ExitCode.Done;
    }
}
