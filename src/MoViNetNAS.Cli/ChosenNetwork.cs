using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli;

/// <summary>The network that the arguments name.</summary>
/// <param name="Model">Its name; null for a genotype.</param>
/// <param name="Space">Name of the genotype's space; null for a named network.</param>
/// <param name="Genotype">The genotype; null for a named network.</param>
/// <param name="Design">What it is.</param>
/// <param name="Input">Frames and resolution.</param>
/// <param name="Classes">Outputs of the classifier.</param>
internal sealed record ChosenNetwork(
    string? Model, string? Space, string? Genotype, NetworkDesign Design, InputShape Input, int Classes)
{
    /// <summary>What it costs.</summary>
    /// <exception cref="InputException">The counts do not fit into 64 bits.</exception>
    public Cost Cost()
    {
        try
        {
            return CostModel.Of(Design, Classes, Input);
        }
        catch (OverflowException e)
        {
            throw new InputException("the cost of this network does not fit into 64 bits: use fewer frames or smaller widths.", e);
        }
    }

    /// <summary>"a0 stream, 50 frames of 172x172, 600 classes".</summary>
    public string Title =>
        $"{Model ?? $"a genotype of {Space}"} {Design.VariantName}, {Input.Frames} frames of {Input.Resolution}x{Input.Resolution}, {Classes} classes";
}
