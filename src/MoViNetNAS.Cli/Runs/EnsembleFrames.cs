using MoViNetNAS.Models;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Several networks that watch one stream, each its share of the frames: the mean of what every one said last.</summary>
/// <param name="members">It disposes them.</param>
/// <param name="shares">Which frames each of them sees.</param>
internal sealed class EnsembleFrames(IReadOnlyList<IFrameClassifier> members, IReadOnlyList<FrameShare> shares) : IFrameClassifier
{
    private readonly float[]?[] _said = new float[]?[members.Count];
    private long _frames;

    public float[] Classify(byte[] frame, out TimeSpan elapsed)
    {
        elapsed = TimeSpan.Zero;
        for (int m = 0; m < members.Count; m++)
        {
            if (!shares[m].Has(_frames)) continue;
            _said[m] = members[m].Classify(frame, out var own);
            elapsed += own;
        }

        _frames++;
        float[][] answers = [.. _said.OfType<float[]>()];
        return [.. Enumerable.Range(0, answers[0].Length).Select(c => answers.Average(logits => logits[c]))];
    }

    public void Dispose()
    {
        foreach (var member in members) member.Dispose();
    }
}
