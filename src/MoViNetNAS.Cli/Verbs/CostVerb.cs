using System.CommandLine;
using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet cost`: what one network costs, counted exactly.</summary>
internal static class CostVerb
{
    public static Command Create()
    {
        var command = new Command("cost", "Count what a network costs: operations, parameters, bytes of stream state and activations.") { CommonOptions.Json };
        foreach (var option in NetworkOptions.All) command.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var network = NetworkOptions.Read(parse);
        var cost = network.Cost();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(CostResult.Of(network, cost));
            return ExitCode.Done;
        }

        terminal.Line(network.Title);
        terminal.Table(["", "", ""],
        [
            ["trainable parameters", Units.Count(cost.TrainableParameters), ""],
            ["total parameters", Units.Count(cost.TotalParameters), "with the running statistics of batch norms"],
            ["multiply-adds of a clip", Units.Metric(cost.Macs), $"{Units.Count(cost.Macs)}"],
            ["multiply-adds per frame", Units.Metric(cost.MacsPerFrame), network.Variant.IsCausal ? "one streamed frame with head and classifier" : "clip / frames"],
            ["operations as papers count", Units.Metric(cost.PaperFlops), "multiply-adds, batch norms, skip pools"],
            ["stream state", Units.Bytes(cost.StreamStateBytes), network.Variant.IsCausal ? "float32, one stream" : "not causal: cannot stream"],
            ["peak activation", Units.Bytes(cost.PeakActivationBytes), "input and output of the largest layer, float32, whole clip"],
        ]);
        return ExitCode.Done;
    }
}
