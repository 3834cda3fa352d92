using System.Text.Json.Serialization;

namespace MoViNetNAS.Cli.Predict;

/// <summary>A class and what was said of it.</summary>
/// <param name="Index">Its place among the logits, from 0.</param>
/// <param name="Label">Its name; null when names are not known.</param>
/// <param name="Logit">The network's output.</param>
/// <param name="Probability">Its softmax.</param>
internal sealed record RankedClass(int Index, string? Label, float Logit, double Probability)
{
    /// <summary>The <paramref name="count"/> classes with the largest logits, largest first.</summary>
    public static IReadOnlyList<RankedClass> Top(float[] logits, IReadOnlyList<string>? labels, int count)
    {
        double largest = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - largest));
        return [.. logits
            .Select((logit, i) => new RankedClass(i, labels?[i], logit, Math.Exp(logit - largest) / sum))
            .OrderByDescending(ranked => ranked.Logit).ThenBy(ranked => ranked.Index).Take(count)];
    }

    /// <summary>"wave (class 3)", or "class 3".</summary>
    [JsonIgnore]
    public string Title => Label is null ? $"class {Index}" : $"{Label} (class {Index})";
}
