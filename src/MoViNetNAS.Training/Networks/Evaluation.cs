using MoViNetNAS.Data;
using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Measures a trained network on held-out clips.</summary>
public static class Evaluation
{
    /// <summary>Right answers on the clips of a split, each clip taken once, unaugmented.</summary>
    /// <param name="network">Evaluated with running statistics.</param>
    /// <param name="dataset">The clips.</param>
    /// <param name="split">Which of them.</param>
    /// <param name="batch">Clips at a time; it does not change the result.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="isFrameByFrame">Streams the clips one frame at a time instead of whole; the last logits count, and the answers after every frame are kept.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static EvaluationResult Top1(
        VideoNetwork network, IClipDataset dataset, Split split, int batch, Device device, bool isFrameByFrame, CancellationToken cancellation)
    {
        using var unrecorded = no_grad();
        int count = dataset.Items(split).Count, classes = dataset.Classes.Count;
        var confusion = new int[classes, classes];
        var rightAfterFrame = new int[isFrameByFrame ? dataset.Input.Frames : 0];
        int clipBytes = dataset.Input.Frames * dataset.Input.Resolution * dataset.Input.Resolution * 3;
        for (int start = 0; start < count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            int size = Math.Min(batch, count - start);
            var pixels = new byte[size * clipBytes];
            LabelSet[] labels = [.. Enumerable.Range(start, size).Select(i => dataset.Items(split)[i].Labels)];
            for (int i = 0; i < size; i++) dataset.Read(split, start + i, null, pixels.AsSpan(i * clipBytes, clipBytes));
            var clips = ClipTensors.Of(new ClipBatch(pixels, labels, dataset.Input), device);
            var logits = isFrameByFrame ? FrameByFrame(network, clips, ClipTensors.Labels(labels, device), rightAfterFrame) : network.Classify(clips);
            long[] predicted = logits.argmax(1).cpu().data<long>().ToArray();
            for (int i = 0; i < size; i++) confusion[labels[i].Only, predicted[i]]++;
        }

        return new EvaluationResult(confusion, rightAfterFrame);
    }

    private static Tensor FrameByFrame(VideoNetwork network, Tensor clips, Tensor labels, int[] rightAfterFrame)
    {
        using var scope = NewDisposeScope();
        var state = network.InitialState(clips.shape[0], (int)clips.shape[3]);
        Tensor? logits = null;
        for (long t = 0; t < clips.shape[2]; t++)
        {
            logits?.Dispose();
            (logits, var next) = network.Step(clips.narrow(2, t, 1), state);
            state.Dispose();
            state = next;
            rightAfterFrame[t] += ClipTensors.CountRight(logits, labels);
        }

        return logits!.MoveToOuterDisposeScope();
    }
}
