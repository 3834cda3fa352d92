using System.Text.Json.Nodes;
using MoViNetNAS.Data;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Training;

/// <summary>The generated data set.</summary>
/// <param name="Options">Its size and look; frames, resolution and stride come from the space.</param>
public sealed record MovingShapesSettings(MovingShapesOptions Options) : DataSettings
{
    private static readonly Dictionary<string, OtherCoordinates> Others =
        new() { ["still"] = OtherCoordinates.Still, ["jumping"] = OtherCoordinates.Jumping };

    internal static new MovingShapesSettings Read(ConfigNode node)
    {
        var o = node.Object("kind", "seed", "weightsClips", "scoreClips", "testClips", "shapes", "speed", "others", "noise", "shuffleTime");
        var standard = new MovingShapesOptions();
        return new MovingShapesSettings(new MovingShapesOptions
        {
            Seed = (ulong)o.Optional("seed", n => n.Long(0, long.MaxValue), (long)standard.Seed),
            WeightsClips = o.Optional("weightsClips", n => n.Int(8, 100_000_000), standard.WeightsClips),
            ScoreClips = o.Optional("scoreClips", n => n.Int(8, 100_000_000), standard.ScoreClips),
            TestClips = o.Optional("testClips", n => n.Int(8, 100_000_000), standard.TestClips),
            Shapes = o.Optional("shapes", n => n.Int(1, 16), standard.Shapes),
            Speed = o.Optional("speed", n => n.Number(0.05, 1.25), standard.Speed),
            Others = o.Optional("others", n => n.OneOf(Others), standard.Others),
            Noise = o.Optional("noise", n => n.Number(0, 64), standard.Noise),
            IsTimeShuffled = o.Optional("shuffleTime", n => n.Bool(), standard.IsTimeShuffled),
        });
    }

    /// <inheritdoc/>
    public override IClipDataset Open(InputShape input, IProgress<DecodingProgress>? progress = null, CancellationToken cancellation = default) =>
        new MovingShapes(Options with { Frames = input.Frames, Resolution = input.Resolution, FrameStride = input.FrameStride });

    /// <inheritdoc/>
    /// <remarks>"others" is written where it is not the default: records from before it was there stay what they are.</remarks>
    public override JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["kind"] = "moving-shapes",
            ["seed"] = Options.Seed,
            ["weightsClips"] = Options.WeightsClips,
            ["scoreClips"] = Options.ScoreClips,
            ["testClips"] = Options.TestClips,
            ["shapes"] = Options.Shapes,
            ["speed"] = Options.Speed,
            ["noise"] = Options.Noise,
            ["shuffleTime"] = Options.IsTimeShuffled,
        };
        if (Options.Others != OtherCoordinates.Still) json["others"] = Others.First(pair => pair.Value == Options.Others).Key;
        return json;
    }

    /// <inheritdoc/>
    public override DataSettings At(string folder) =>
        throw new InputException($"--data {folder}: this experiment uses generated data (moving-shapes), which lie in no folder.");
}
