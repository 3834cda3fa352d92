namespace MoViNetNAS.Cli.Bench;

/// <summary>One kind of a search's bookkeeping.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Size">On how much.</param>
/// <param name="Time">How long all of it takes.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Bar">What it should not exceed; null where nothing was set.</param>
internal sealed record SearchRow(string Work, string Size, Spread Time, double Value, string Unit, double? Bar)
{
    /// <summary>Whether the bar is held; null where there is none.</summary>
    public bool? IsWithinBar => Bar is { } bar ? Value <= bar : null;
}
