using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Output;

/// <summary>What `movinet cost --json` prints; the names are a format others rely on.</summary>
internal sealed record CostResult(
    string? Model, string? Space, string? Genotype, string Variant, int Frames, int Resolution, int Classes,
    long TrainableParameters, long TotalParameters, long Macs, long PaperFlops, long MacsPerFrame, long StreamStateBytes,
    long PeakActivationBytes)
{
    public static CostResult Of(ChosenNetwork network, Cost cost) => new(
        network.Model, network.Space, network.Genotype, network.Design.VariantName, network.Input.Frames, network.Input.Resolution,
        network.Classes, cost.TrainableParameters, cost.TotalParameters, cost.Macs, cost.PaperFlops, cost.MacsPerFrame,
        cost.StreamStateBytes, cost.PeakActivationBytes);
}
