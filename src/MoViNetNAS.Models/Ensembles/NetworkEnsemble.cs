using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Several networks that answer together, with the mean of their logits, each from its share of the frames.</summary>
/// <remarks>A temporal ensemble is two networks, trained independently at half the frame rate: as many operations as one network at the full
/// rate. Source: MoViNets (arXiv 2103.11511), section 3.3; which frames the second one sees it leaves open.</remarks>
public sealed class NetworkEnsemble
{
    private readonly IReadOnlyList<VideoNetwork> _members;
    private readonly IReadOnlyList<FrameShare> _shares;

    /// <param name="members">At least one; the caller disposes them.</param>
    /// <param name="shares">What each sees.</param>
    /// <exception cref="ArgumentException">There is no share for each member, or they have different classes.</exception>
    public NetworkEnsemble(IReadOnlyList<VideoNetwork> members, IReadOnlyList<FrameShare> shares)
    {
        if (members.Count == 0 || members.Count != shares.Count) throw new ArgumentException($"{members.Count} members need as many shares of the frames, not {shares.Count}.", nameof(shares));
        if (members.Any(member => member.Classes != members[0].Classes)) throw new ArgumentException("The members have different numbers of classes.", nameof(members));
        (_members, _shares) = (members, shares);
    }

    /// <summary>Classifies whole clips.</summary>
    /// <param name="clip">[B, 3, T, S, S] at the full frame rate, long enough for every member to see a frame.</param>
    /// <returns>Logits [B, classes]; the caller disposes them.</returns>
    public Tensor Classify(Tensor clip)
    {
        using var scope = NewDisposeScope();
        return Mean([.. _members.Zip(_shares, (member, share) => member.Classify(share.Of(clip)))]).MoveToOuterDisposeScope();
    }

    /// <summary>The state of a stream before its first frame; the caller disposes it.</summary>
    /// <exception cref="InvalidOperationException">A member cannot stream.</exception>
    public EnsembleState InitialState(long batch, int resolution) =>
        new(0, [.. _members.Select(member => member.InitialState(batch, resolution))], new Tensor?[_members.Count]);

    /// <summary>Takes the next frames of a stream. A member that sees none of them does not run.</summary>
    /// <param name="subclip">[B, 3, T, S, S], any number of frames T.</param>
    /// <param name="state">Where the stream stands; it is left as it was, the caller disposes it.</param>
    /// <returns>The mean [B, classes] of what every member that has seen a frame said last, and where the stream stands afterwards; the caller disposes both.</returns>
    /// <exception cref="ArgumentException">The sub-clip does not fit the state, or no member has seen a frame yet.</exception>
    public (Tensor Logits, EnsembleState Next) Step(Tensor subclip, EnsembleState state)
    {
        using var scope = NewDisposeScope();
        var (states, said) = (new StreamState[_members.Count], new Tensor?[_members.Count]);
        for (int m = 0; m < _members.Count; m++)
        {
            var seen = _shares[m].Of(subclip, state.FrameCount);
            if (seen.shape[2] == 0) (states[m], said[m]) = (state.Members[m].To(subclip.device), state.Said[m]?.clone());
            else (said[m], states[m]) = _members[m].Step(seen, state.Members[m]);
        }

        Tensor[] answers = [.. said.OfType<Tensor>()];
        if (answers.Length == 0) throw new ArgumentException("No member has seen a frame of this stream yet.", nameof(subclip));
        var next = new EnsembleState(state.FrameCount + subclip.shape[2], states, said).MoveToOuterDisposeScope();
        return (Mean(answers).MoveToOuterDisposeScope(), next);
    }

    /// <summary>The mean of logits; a fresh tensor, which the caller disposes.</summary>
    public static Tensor Mean(IReadOnlyList<Tensor> logits)
    {
        using var scope = NewDisposeScope();
        return logits.Count == 1 ? logits[0].alias().MoveToOuterDisposeScope() : stack(logits, 0).mean([0]).MoveToOuterDisposeScope();
    }
}
