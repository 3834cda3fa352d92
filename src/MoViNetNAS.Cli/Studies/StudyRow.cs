using MoViNetNAS.Cli.Evaluate;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Studies;

/// <summary>One row of a study's table: how its networks are trained, and how they are tested.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Set">Changes of the experiment, "a.b=c".</param>
/// <param name="Members">Networks, each from a seed of its own, whose logits are averaged; 1 for a single one.</param>
/// <param name="IsHalfRate">Whether they are trained on half the frames, twice as far apart.</param>
/// <param name="Sharing">How members share frames; null: as their clips suggest.</param>
/// <param name="IsTestShuffled">Whether test clips have their frames in random order.</param>
/// <param name="Evaluation">How test clips are shown.</param>
internal sealed record StudyRow(
    string Name, IReadOnlyList<string> Set, int Members, bool IsHalfRate, FrameSharing? Sharing, bool IsTestShuffled, EvaluationOptions Evaluation)
{
    public static StudyRow Read(ConfigNode node)
    {
        var o = node.Object("name", "set", "members", "halfRate", "sharing", "testShuffled", "frameByFrame", "windows", "crops");
        var row = new StudyRow(
            o.Required("name", n => n.Text(), ""),
            o.Optional("set", n => n.Array().Select(e => e.Text()).ToArray(), []),
            o.Optional("members", n => n.Int(1, 100), 1),
            o.Optional("halfRate", n => n.Bool(), false),
            o.Optional("sharing", n => n.OneOf(FrameSharings.ByName), (FrameSharing?)null),
            o.Optional("testShuffled", n => n.Bool(), false),
            new EvaluationOptions
            {
                IsFrameByFrame = o.Optional("frameByFrame", n => n.Bool(), false),
                Windows = o.Optional("windows", n => n.Int(1, 1000), 1),
                Crops = o.Optional("crops", n => n.Int(1, 3), 1),
            });
        if (row.Evaluation.Crops == 2) node.Field("crops")!.Fail("must be 1 or 3, not 2");
        if (row.Evaluation is { IsFrameByFrame: true, Views: > 1 }) node.Fail("has frameByFrame true, which shows each video once: leave out windows and crops");
        return row;
    }
}
