using MoViNetNAS.Cli.Predict;
using MoViNetNAS.Data;

namespace MoViNetNAS.Cli.Tests;

public sealed class ClassProbabilitiesTests
{
    private static readonly float Ln3 = MathF.Log(3);
    private static readonly LabelHead[] Heads = [new("verb", 0, 2, IsMultiLabel: false), new("noun", 2, 3, IsMultiLabel: false), new("action", 5, 2, IsMultiLabel: true)];

    [Fact]
    public void Each_head_has_its_own_softmax_or_a_logistic_function_of_each_class()
    {
        double[] expected = [0.25, 0.75, 0.2, 0.6, 0.2, 0.75, 0.25];
        double[] actual = ClassProbabilities.Of([0, Ln3, 500, 500 + Ln3, 500, Ln3, -Ln3], Heads);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4);
    }

    [Fact]
    public void The_likeliest_classes_are_those_of_each_head_in_turn()
    {
        float[] logits = [0, 1, 9, 8, 7, -1, -2];
        Assert.Equal([1, 0, 2, 3, 5, 6], RankedClass.Top(logits, null, Heads, 2).Select(ranked => ranked.Index));
        Assert.Equal([2, 3], RankedClass.Top(logits, null, null, 2).Select(ranked => ranked.Index));
    }
}
