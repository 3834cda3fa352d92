using MoViNetNAS.Data;
using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Shows held-out videos to trained networks.</summary>
/// <remarks>Logits of members are averaged before the softmax (MoViNets, arXiv 2103.11511, section 3.3); probabilities of views after it, as
/// the official evaluation does.</remarks>
public static class Evaluation
{
    /// <summary>What <paramref name="network"/> says of each video of a split, seen once, unaugmented.</summary>
    public static Predictions Of(
        VideoNetwork network, IClipDataset dataset, Split split, EvaluationOptions options, Device device, CancellationToken cancellation) =>
        Of([new EvaluationMember(network, dataset)], split, options, device, cancellation);

    /// <summary>What the mean of <paramref name="members"/> says of each video of a split.</summary>
    /// <param name="members">At least one, all on <paramref name="device"/>.</param>
    /// <param name="split">Which videos.</param>
    /// <param name="options">How they are shown.</param>
    /// <param name="device">Where the networks are.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">Members have other items or classes, or are to see frames of different clips, or several views, one by one.</exception>
    public static Predictions Of(
        IReadOnlyList<EvaluationMember> members, Split split, EvaluationOptions options, Device device, CancellationToken cancellation)
    {
        var first = members[0].Dataset;
        IReadOnlyList<ClipItem> items = first.Items(split);
        if (members.Any(member => !member.Dataset.Items(split).SequenceEqual(items) || !member.Dataset.Classes.SequenceEqual(first.Classes)))
            throw new ArgumentException("Members of an ensemble must see the same videos and tell the same classes apart.", nameof(members));
        if (options is { IsFrameByFrame: true, Views: > 1 }) throw new ArgumentException("Frame by frame, a video has one view.", nameof(options));
        if (options.IsFrameByFrame && members.Any(member => member.Dataset != first))
            throw new ArgumentException("Frame by frame, members must share one data set.", nameof(members));
        using var unrecorded = no_grad();
        var probabilities = new float[items.Count * first.Classes.Count];
        var rightAfterFrame = new int[options.IsFrameByFrame ? first.Input.Frames : 0];
        for (int start = 0; start < items.Count; start += options.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = new ItemRange(split, start, Math.Min(options.Batch, items.Count - start));
            var said = options.IsFrameByFrame ? FrameByFrame(members, batch, rightAfterFrame, device) : Whole(members, batch, options, device);
            said.cpu().contiguous().data<float>().CopyTo(probabilities.AsSpan(start * first.Classes.Count, batch.Count * first.Classes.Count));
        }

        return new Predictions(first.Classes, first.Heads, items, probabilities, rightAfterFrame);
    }

    private static Tensor Whole(IReadOnlyList<EvaluationMember> members, ItemRange batch, EvaluationOptions options, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        foreach (var view in ClipView.All(options.Windows, options.Crops))
        {
            using var one = NewDisposeScope();
            var clips = members.Select(member => member.Dataset).Distinct().ToDictionary(dataset => dataset, dataset => Read(dataset, batch, view, device));
            var said = Probabilities(NetworkEnsemble.Mean([.. members.Select(member => member.Network.Classify(member.Share.Of(clips[member.Dataset])))]), members[0].Dataset.Heads);
            sum = (sum is null ? said : sum.Plus(said)).MoveToOuterDisposeScope();
        }

        return (options.Views == 1 ? sum! : sum!.div(Scalars.Of(options.Views))).MoveToOuterDisposeScope();
    }

    private static Tensor FrameByFrame(IReadOnlyList<EvaluationMember> members, ItemRange batch, int[] rightAfterFrame, Device device)
    {
        using var scope = NewDisposeScope();
        var dataset = members[0].Dataset;
        var clips = Read(dataset, batch, ClipView.Middle, device);
        var ensemble = new NetworkEnsemble([.. members.Select(member => member.Network)], [.. members.Select(member => member.Share)]);
        var state = ensemble.InitialState(batch.Count, dataset.Input.Resolution);
        Tensor? said = null;
        for (int t = 0; t < clips.shape[2]; t++)
        {
            using var step = NewDisposeScope();
            var (logits, next) = ensemble.Step(clips.narrow(2, t, 1), state);
            state.Dispose();
            said?.Dispose();
            (said, state) = (Probabilities(logits, dataset.Heads).MoveToOuterDisposeScope(), next.MoveToOuterDisposeScope());
            rightAfterFrame[t] += CountRight(said, dataset, batch);
        }

        state.Dispose();
        return said!.MoveToOuterDisposeScope();
    }

    // Frames seen so far answer every head of one right class; with any number of right classes there is no right or wrong.
    private static int CountRight(Tensor said, IClipDataset dataset, ItemRange batch)
    {
        using var scope = NewDisposeScope();
        int right = 0;
        var best = dataset.Heads.Select(head => said.narrow(1, head.First, head.Count).argmax(1).cpu().data<long>().ToArray()).ToArray();
        for (int i = 0; i < batch.Count; i++)
        {
            var labels = dataset.Items(batch.Split)[batch.Start + i].Labels;
            if (dataset.Heads.Select((head, h) => !head.IsMultiLabel && labels.Contains(head.First + (int)best[h][i])).All(isRight => isRight)) right++;
        }

        return right;
    }

    private static Tensor Probabilities(Tensor logits, IReadOnlyList<LabelHead> heads) => cat(
        [.. heads.Select(head => logits.narrow(1, head.First, head.Count)).Zip(heads, (part, head) => head.IsMultiLabel ? part.sigmoid() : part.softmax(1))], 1);

    private static Tensor Read(IClipDataset dataset, ItemRange batch, ClipView view, Device device)
    {
        int clipBytes = dataset.Input.Frames * dataset.Input.Resolution * dataset.Input.Resolution * 3;
        var pixels = new byte[batch.Count * clipBytes];
        for (int i = 0; i < batch.Count; i++) dataset.ReadView(batch.Split, batch.Start + i, view, pixels.AsSpan(i * clipBytes, clipBytes));
        LabelSet[] labels = [.. dataset.Items(batch.Split).Skip(batch.Start).Take(batch.Count).Select(item => item.Labels)];
        return ClipTensors.Of(new ClipBatch(pixels, labels, dataset.Input), device);
    }

    private readonly record struct ItemRange(Split Split, int Start, int Count);
}
