using MoViNetNAS.Data;
using MoViNetNAS.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Adds the gradients of a batch to a network's parameters: in parts, over whole clips or through stream buffers.</summary>
/// <remarks>With sub-clips each one's loss counts equally, and gradients do not flow through the buffers. Source: MoViNets (arXiv
/// 2103.11511), section 3.2.</remarks>
internal sealed class BatchGradients
{
    private readonly VideoNetwork _network;
    private readonly LabelLoss _loss;
    private readonly TrainingSettings _settings;
    private readonly Device _device;

    /// <param name="network">Whose gradients.</param>
    /// <param name="heads">What the labels of the clips answer.</param>
    /// <param name="settings">Parts, sub-clips, label smoothing.</param>
    /// <param name="device">Where the network is.</param>
    public BatchGradients(VideoNetwork network, IReadOnlyList<LabelHead> heads, TrainingSettings settings, Device device)
    {
        (_network, _settings, _device) = (network, settings, device);
        _loss = new LabelLoss(heads, settings.LabelSmoothing);
    }

    /// <summary>Adds the gradients of the mean loss over a batch, and returns that loss.</summary>
    public double Add(ClipBatch batch, ForwardMode mode)
    {
        double loss = 0;
        int clips = batch.Labels.Length, parts = _settings.Accumulate, clipBytes = batch.Pixels.Length / clips;
        for (int part = 0; part < parts; part++)
        {
            using var scope = NewDisposeScope();
            int start = (int)((long)clips * part / parts), end = (int)((long)clips * (part + 1) / parts);
            if (start == end) continue;
            var some = parts == 1 ? batch : new ClipBatch(batch.Pixels[(start * clipBytes)..(end * clipBytes)], batch.Labels[start..end], batch.Input);
            var targets = _loss.Targets(some.Labels, _device);
            double share = (double)(end - start) / clips;
            loss += _settings.SubclipFrames == 0 ? WholeClips(some, targets, share, mode) : Subclips(some, targets, share, mode);
        }

        return loss;
    }

    private double WholeClips(ClipBatch clips, Tensor[] targets, double share, ForwardMode mode) =>
        Backward(_network.Classify(ClipTensors.Of(clips, _device), mode), targets, share, subclips: 1);

    // Only the sub-clip that is looked at becomes a tensor: what is held does not grow with the clip but for its bytes.
    private double Subclips(ClipBatch clips, Tensor[] targets, double share, ForwardMode mode)
    {
        int frames = clips.Input.Frames;
        int count = (frames + _settings.SubclipFrames - 1) / _settings.SubclipFrames;
        double sum = 0;
        var state = _network.InitialState(clips.Labels.Length, clips.Input.Resolution);
        for (int start = 0; start < frames; start += _settings.SubclipFrames)
        {
            using var scope = NewDisposeScope();
            var subclip = ClipTensors.Of(clips, start, Math.Min(_settings.SubclipFrames, frames - start), _device);
            var (logits, next) = _network.Step(subclip, state, mode);
            sum += Backward(logits, targets, share, count);
            state.Dispose();
            state = next.DetachFromDisposeScope();
        }

        state.Dispose();
        return sum;
    }

    private double Backward(Tensor logits, Tensor[] targets, double share, long subclips)
    {
        var loss = _loss.Of(logits, targets);
        if (subclips > 1) loss = loss.div(Scalars.Of(subclips));
        if (share < 1) loss = loss.mul(Scalars.Of(share));
        loss.backward();
        return loss.item<float>();
    }
}
