using MoViNetNAS.Models;
using MoViNetNAS.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>How wrong logits are: the sum over the heads of a data set.</summary>
/// <remarks>A head with one right class has the cross-entropy, labels smoothed; one with any number of them the binary cross-entropy of
/// every class, averaged over the classes, labels as they are. Both are averaged over the clips.</remarks>
internal sealed class LabelLoss
{
    private readonly LabelHead[] _heads;
    private readonly double _smoothing;

    /// <param name="heads">What the labels answer; together all logits.</param>
    /// <param name="smoothing">Probability that is spread over all classes of a head with one right class.</param>
    public LabelLoss(IReadOnlyList<LabelHead> heads, double smoothing) => (_heads, _smoothing) = ([.. heads], smoothing);

    /// <summary>The labels of a batch as <see cref="Of"/> takes them, for each head: [B] class numbers of the head, or [B, K] zeros and ones.</summary>
    /// <exception cref="ArgumentException">A clip has no class, or several, of a head with exactly one.</exception>
    public Tensor[] Targets(IReadOnlyList<LabelSet> labels, Device device) =>
        [.. _heads.Select(head => head.IsMultiLabel ? Flags(head, labels, device) : Numbers(head, labels, device))];

    /// <summary>The mean loss of a batch, a scalar.</summary>
    /// <param name="logits">[B, K], of all heads one after the other.</param>
    /// <param name="targets">What <see cref="Targets"/> made of the labels.</param>
    public Tensor Of(Tensor logits, IReadOnlyList<Tensor> targets)
    {
        var sum = OfHead(_heads[0], logits, targets[0]);
        for (int i = 1; i < _heads.Length; i++) sum = sum.Plus(OfHead(_heads[i], logits, targets[i]));
        return sum;
    }

    private Tensor OfHead(LabelHead head, Tensor logits, Tensor target)
    {
        var own = _heads.Length == 1 ? logits : logits.narrow(1, head.First, head.Count);
        return head.IsMultiLabel
            ? nn.functional.binary_cross_entropy_with_logits(own, target)
            : nn.functional.cross_entropy(own, target, label_smoothing: _smoothing);
    }

    private static IEnumerable<int> Own(LabelHead head, LabelSet labels) =>
        labels.Where(label => label >= head.First && label < head.First + head.Count).Select(label => label - head.First);

    private static Tensor Numbers(LabelHead head, IReadOnlyList<LabelSet> labels, Device device) => tensor(
        [.. labels.Select(set => Own(head, set).ToArray() is [var only]
            ? (long)only
            : throw new ArgumentException($"a clip has the classes {set}, which are not one of the head '{head.Name}'.", nameof(labels)))],
        device: device);

    private static Tensor Flags(LabelHead head, IReadOnlyList<LabelSet> labels, Device device)
    {
        float[] flags = new float[labels.Count * head.Count];
        for (int i = 0; i < labels.Count; i++)
        {
            foreach (int label in Own(head, labels[i])) flags[i * head.Count + label] = 1;
        }

        return tensor(flags, [labels.Count, head.Count], device: device);
    }
}
