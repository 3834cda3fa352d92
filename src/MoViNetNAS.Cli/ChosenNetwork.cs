using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>The network that the arguments name.</summary>
/// <param name="Model">Name of the released model; null for a genotype.</param>
/// <param name="Space">Name of the genotype's space; null for a released model.</param>
/// <param name="Genotype">The genotype; null for a released model.</param>
/// <param name="Architecture">What it resolves to.</param>
/// <param name="Variant">How it is built.</param>
/// <param name="Input">Frames and resolution.</param>
/// <param name="Classes">Outputs of the classifier.</param>
internal sealed record ChosenNetwork(
    string? Model, string? Space, string? Genotype, Architecture Architecture, NetworkVariant Variant, InputShape Input, int Classes)
{
    /// <summary>What it costs.</summary>
    /// <exception cref="InputException">The counts do not fit into 64 bits.</exception>
    public Cost Cost()
    {
        try
        {
            return CostModel.Of(Architecture, Variant, Classes, Input);
        }
        catch (OverflowException e)
        {
            throw new InputException("the cost of this network does not fit into 64 bits: use fewer frames or smaller widths.", e);
        }
    }

    /// <summary>"a0 stream, 50 frames of 172x172, 600 classes".</summary>
    public string Title =>
        $"{Model ?? $"a genotype of {Space}"} {Variant.Name}, {Input.Frames} frames of {Input.Resolution}x{Input.Resolution}, {Classes} classes";
}
