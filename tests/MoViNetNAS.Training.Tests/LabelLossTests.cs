using MoViNetNAS.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training.Tests;

public sealed class LabelLossTests
{
    private static readonly double Ln2 = Math.Log(2), Ln3 = Math.Log(3);
    private static readonly LabelHead[] Actions = [new("action", 0, 2, IsMultiLabel: true)];
    private static readonly LabelHead[] VerbAndNoun = [new("verb", 0, 2, IsMultiLabel: false), new("noun", 2, 3, IsMultiLabel: false)];

    private static double Value(LabelHead[] heads, double smoothing, float[,] logits, params LabelSet[] labels)
    {
        using var scope = NewDisposeScope();
        var loss = new LabelLoss(heads, smoothing);
        return loss.Of(tensor(logits), loss.Targets(labels, CPU)).item<float>();
    }

    // -ln s(x) of a right class, -ln s(-x) of a wrong one, s the logistic function: s(0) = 1/2, s(ln 3) = 3/4.
    [Fact]
    public void Any_number_of_classes_has_the_mean_of_their_binary_cross_entropies_and_no_smoothing()
    {
        float[,] logits = { { 0, (float)Ln3 }, { (float)-Ln3, 0 }, { (float)Ln3, (float)-Ln3 } };
        double wanted = (Ln2 + 2 * Ln2 /* nothing but the first */ + (2 * Ln2 - Ln3) + Ln2 /* none */ + (2 * Ln2 - Ln3) + 2 * Ln2 /* both */) / 6;
        foreach (double smoothing in new[] { 0, 0.1 })
            Assert.Equal(wanted, Value(Actions, smoothing, logits, new LabelSet(0), new LabelSet([]), new LabelSet([0, 1])), 1e-6);
    }

    // Verbs 1/4 and 3/4, nouns a third each: -ln of the right ones; smoothing mixes in the mean -ln of all of a head.
    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Two_heads_have_the_sum_of_their_cross_entropies_each_smoothed_over_its_own_classes(double smoothing)
    {
        float[,] logits = { { 0, (float)Ln3, 1, 1, 1 }, { 0, (float)Ln3, 0, 0, 0 } };
        double right = 2 * Ln2 - Ln3, wrong = 2 * Ln2, mean = (right + wrong) / 2;
        double first = (1 - smoothing) * right + smoothing * mean + Ln3, second = (1 - smoothing) * wrong + smoothing * mean + Ln3;
        Assert.Equal((first + second) / 2, Value(VerbAndNoun, smoothing, logits, new LabelSet([1, 2]), new LabelSet([0, 4])), 1e-6);
    }

    [Fact]
    public void One_head_has_the_cross_entropy_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        LabelSet[] labels = [.. Enumerable.Range(0, 5).Select(i => new LabelSet(i % 3))];
        var loss = new LabelLoss([LabelHead.Single(3)], 0.1);
        Same(
            logits => loss.Of(logits, loss.Targets(labels, CPU)),
            logits => nn.functional.cross_entropy(logits, ClipTensors.Labels(labels, CPU), label_smoothing: 0.1), 3);
    }

    [Fact]
    public void Gradients_are_those_of_libtorchs_operators()
    {
        using var scope = NewDisposeScope();
        LabelSet[] sets = [new([0, 1]), new([]), new(1), new(0), new(0)];
        var many = new LabelLoss(Actions, 0.1);
        var flags = tensor(new float[,] { { 1, 1 }, { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 0 } });
        Same(
            logits => many.Of(logits, many.Targets(sets, CPU)),
            logits => nn.functional.binary_cross_entropy_with_logits(logits, flags), 2);

        LabelSet[] pairs = [new([0, 2]), new([1, 4]), new([1, 3]), new([0, 3]), new([1, 2])];
        var two = new LabelLoss(VerbAndNoun, 0.1);
        Same(
            logits => two.Of(logits, two.Targets(pairs, CPU)),
            logits => nn.functional.cross_entropy(logits[TensorIndex.Colon, TensorIndex.Slice(0, 2)], tensor(new long[] { 0, 1, 1, 0, 1 }), label_smoothing: 0.1)
                + nn.functional.cross_entropy(logits[TensorIndex.Colon, TensorIndex.Slice(2, 5)], tensor(new long[] { 0, 2, 1, 1, 0 }), label_smoothing: 0.1), 5);
    }

    // d/dx = (s(x) - t) / (B K): a class that is not a label pushes down, so a clip without labels teaches too.
    [Fact]
    public void The_gradient_of_a_class_is_its_probability_less_its_label()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new float[,] { { 0.5f, -1 }, { 2, 0 } }, requires_grad: true);
        var loss = new LabelLoss(Actions, 0);
        loss.Of(logits, loss.Targets([new(1), new([])], CPU)).backward();
        float[] expected = Tiny.Floats((logits.sigmoid() - tensor(new float[,] { { 0, 1 }, { 0, 0 } })) / 4);
        float[] actual = Tiny.Floats(logits.grad!);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-7f);
    }

    [Fact]
    public void A_clip_without_its_one_class_is_a_programmers_mistake()
    {
        var loss = new LabelLoss(VerbAndNoun, 0);
        Assert.Contains("'noun'", Assert.Throws<ArgumentException>(() => loss.Targets([new(1)], CPU)).Message);
        Assert.Contains("'verb'", Assert.Throws<ArgumentException>(() => loss.Targets([new([0, 1, 2])], CPU)).Message);
    }

    private static void Same(Func<Tensor, Tensor> ours, Func<Tensor, Tensor> theirs, int classes)
    {
        float[] Of(Func<Tensor, Tensor> loss)
        {
            float[] values = [.. Enumerable.Range(0, 5 * classes).Select(i => MathF.Sin(3 * i))];
            var logits = tensor(values, [5, classes], requires_grad: true);
            var value = loss(logits);
            value.backward();
            return [value.item<float>(), .. Tiny.Floats(logits.grad!)];
        }

        Assert.Equal(Of(theirs), Of(ours));
    }
}
