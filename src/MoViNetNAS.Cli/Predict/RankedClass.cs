using System.Text.Json.Serialization;
using MoViNetNAS.Data;

namespace MoViNetNAS.Cli.Predict;

/// <summary>A class and what was said of it.</summary>
/// <param name="Index">Its place among the logits, from 0.</param>
/// <param name="Label">Its name; null when names are not known.</param>
/// <param name="Logit">The network's output.</param>
/// <param name="Probability">How likely it is within its head.</param>
internal sealed record RankedClass(int Index, string? Label, float Logit, double Probability)
{
    /// <summary>The <paramref name="count"/> classes with the largest logits of each head, largest first.</summary>
    public static IReadOnlyList<RankedClass> Top(float[] logits, IReadOnlyList<string>? labels, IReadOnlyList<LabelHead>? heads, int count)
    {
        double[] probabilities = ClassProbabilities.Of(logits, heads);
        return [.. (heads ?? [LabelHead.Single(logits.Length)]).SelectMany(head => Enumerable.Range(head.First, head.Count)
            .Select(i => new RankedClass(i, labels?[i], logits[i], probabilities[i]))
            .OrderByDescending(ranked => ranked.Logit).ThenBy(ranked => ranked.Index).Take(count))];
    }

    /// <summary>"wave (class 3)", or "class 3".</summary>
    [JsonIgnore]
    public string Title => Label is null ? $"class {Index}" : $"{Label} (class {Index})";
}
