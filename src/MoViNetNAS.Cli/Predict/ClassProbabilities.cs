using MoViNetNAS.Data;

namespace MoViNetNAS.Cli.Predict;

/// <summary>Logits as probabilities, each head by itself.</summary>
internal static class ClassProbabilities
{
    /// <summary>The softmax over the classes of a head with one right class; the logistic function of each where any number may be right.</summary>
    /// <param name="logits">Of all heads one after the other.</param>
    /// <param name="heads">What they answer; null: one head of all classes.</param>
    public static double[] Of(ReadOnlySpan<float> logits, IReadOnlyList<LabelHead>? heads)
    {
        double[] probabilities = new double[logits.Length];
        foreach (LabelHead head in heads ?? [LabelHead.Single(logits.Length)])
        {
            ReadOnlySpan<float> own = logits.Slice(head.First, head.Count);
            Span<double> said = probabilities.AsSpan(head.First, head.Count);
            if (head.IsMultiLabel)
            {
                for (int i = 0; i < own.Length; i++) said[i] = 1 / (1 + Math.Exp(-own[i]));
                continue;
            }

            double largest = double.NegativeInfinity, sum = 0;
            foreach (float logit in own) largest = Math.Max(largest, logit);
            for (int i = 0; i < own.Length; i++) sum += said[i] = Math.Exp(own[i] - largest);
            for (int i = 0; i < own.Length; i++) said[i] /= sum;
        }

        return probabilities;
    }
}
