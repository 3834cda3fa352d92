using System.Text.Json;

namespace MoViNetNAS.Notebooks;

/// <summary>What the command line printed.</summary>
/// <param name="Text">Its standard output.</param>
public sealed record MovinetOutput(string Text)
{
    /// <summary>The output of a command with <c>--json</c>.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
