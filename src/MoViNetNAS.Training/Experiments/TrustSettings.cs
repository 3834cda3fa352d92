using System.Text.Json.Nodes;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>How a search checks its shared weights when it has ended: the "trust" section of an experiment.</summary>
/// <param name="Architectures">Drawn from the target's window and trained from scratch.</param>
/// <param name="Seeds">Trainings of each; two or more show the noise that no score can beat.</param>
public sealed record TrustSettings(int Architectures, int Seeds)
{
    /// <summary>What need not be stated.</summary>
    public static TrustSettings Default { get; } = new(20, 2);

    /// <summary>Reads the section; both keys may be left out.</summary>
    public static TrustSettings Read(ConfigNode node)
    {
        var o = node.Object("architectures", "seeds");
        return new TrustSettings(
            o.Optional("architectures", n => n.Int(3, 100_000), Default.Architectures),
            o.Optional("seeds", n => n.Int(1, 1000), Default.Seeds));
    }

    /// <summary>The section as JSON that <see cref="Read"/> reads back.</summary>
    public JsonObject ToJson() => new() { ["architectures"] = Architectures, ["seeds"] = Seeds };
}
