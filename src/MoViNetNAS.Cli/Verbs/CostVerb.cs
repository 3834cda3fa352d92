using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

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
        var networks = NetworkOptions.ReadMembers(parse);
        Cost[] costs = [.. networks.Select(network => network.Cost())];
        if (parse.GetValue(CommonOptions.Json)) Write(terminal, parse.GetValue(NetworkOptions.Model), networks, costs);
        else if (networks.Count == 1) Write(terminal, networks[0], costs[0]);
        else WriteMembers(terminal, parse.GetValue(NetworkOptions.Model)!, networks, costs);
        return ExitCode.Done;
    }

    private static void Write(Terminal terminal, string? model, IReadOnlyList<ChosenNetwork> networks, Cost[] costs)
    {
        CostResult[] results = [.. networks.Zip(costs, CostResult.Of)];
        if (results.Length == 1)
        {
            terminal.Json(results[0]);
            return;
        }

        terminal.Json(new
        {
            model = model!.ToLowerInvariant(),
            members = results,
            trainableParameters = costs.Sum(cost => cost.TrainableParameters),
            totalParameters = costs.Sum(cost => cost.TotalParameters),
            macs = costs.Sum(cost => cost.Macs),
            paperFlops = costs.Sum(cost => cost.PaperFlops),
            streamStateBytes = costs.Sum(cost => cost.StreamStateBytes),
        });
    }

    private static void Write(Terminal terminal, ChosenNetwork network, Cost cost)
    {
        terminal.Line(network.Title);
        terminal.Table(["", "", ""],
        [
            ["trainable parameters", Units.Count(cost.TrainableParameters), ""],
            ["total parameters", Units.Count(cost.TotalParameters), "with the running statistics of batch norms"],
            ["multiply-adds of a clip", Units.Metric(cost.Macs), $"{Units.Count(cost.Macs)}"],
            ["multiply-adds per frame", Units.Metric(cost.MacsPerFrame), network.Design.IsCausal ? "one streamed frame with head and classifier" : "clip / frames"],
            ["operations as papers count", Units.Metric(cost.PaperFlops), "multiply-adds, batch norms, skip pools"],
            ["stream state", Units.Bytes(cost.StreamStateBytes), network.Design.CanStream ? "float32, one stream" : "cannot stream"],
            ["peak activation", Units.Bytes(cost.PeakActivationBytes), "input and output of the largest layer, float32, whole clip"],
        ]);
    }

    // Each member sees its own clip, so operations are added up; memory is not: they may run one after the other.
    private static void WriteMembers(Terminal terminal, string model, IReadOnlyList<ChosenNetwork> networks, Cost[] costs)
    {
        terminal.Line($"{model.ToLowerInvariant()}: the mean of the logits of {string.Join(" and ", networks.Select(network => network.Title))}");
        string[] Row(string what, Func<Cost, long> of, Func<long, string> text) => [what, .. costs.Select(cost => text(of(cost))), text(costs.Sum(of))];
        terminal.Table(["", .. networks.Select(network => $"{network.Model}>"), "together>"],
        [
            Row("trainable parameters", cost => cost.TrainableParameters, Units.Count),
            Row("total parameters", cost => cost.TotalParameters, Units.Count),
            Row("multiply-adds of a clip", cost => cost.Macs, macs => Units.Metric(macs)),
            Row("operations as papers count", cost => cost.PaperFlops, flops => Units.Metric(flops)),
            Row("stream state", cost => cost.StreamStateBytes, Units.Bytes),
        ]);
    }
}
