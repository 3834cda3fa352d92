using System.CommandLine;
using MoViNetNAS.Cli.Output;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Verbs;

/// <summary>`movinet space sample`: draws architectures uniformly and says what they cost.</summary>
internal static class SpaceSampleVerb
{
    private static readonly Option<string> File = new("--space") { Description = "A space file.", HelpName = "file", Required = true };
    private static readonly Option<int?> Count = CommonOptions.WholeNumber("--count", "How many (default 10).", 1, 1_000_000);

    public static Command Create()
    {
        var command = new Command("sample", "Draw genotypes uniformly, with their cost.")
        {
            File, Count, CommonOptions.Seed, NetworkOptions.Variant, NetworkOptions.Switch, NetworkOptions.Frames, NetworkOptions.Resolution, NetworkOptions.Classes, CommonOptions.Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parse)
    {
        var terminal = Terminal.Of(parse);
        var space = SpaceFile.Load(parse.GetRequiredValue(File));
        var seed = new RandomStream(parse.GetValue(CommonOptions.Seed));
        var results = Enumerable.Range(0, parse.GetValue(Count) ?? 10).Select(i =>
        {
            var network = NetworkOptions.Of(parse, space, space.Sample(seed.Derive("sample", i)));
            return CostResult.Of(network, network.Cost());
        }).ToArray();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.Json(results);
            return ExitCode.Done;
        }

        // Genotypes stand last and unwrapped, to be copied into --genotype.
        terminal.Line($"{"macs",10}  {"per frame",10}  {"parameters",10}  {"state",10}  genotype");
        foreach (var r in results)
            terminal.Line($"{Units.Metric(r.Macs),10}  {Units.Metric(r.MacsPerFrame),10}  {Units.Metric(r.TrainableParameters),10}  {Units.Bytes(r.StreamStateBytes),10}  {r.Genotype}");
        return ExitCode.Done;
    }
}
