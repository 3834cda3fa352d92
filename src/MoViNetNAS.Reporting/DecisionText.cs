using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>Names of decisions, short enough for a figure.</summary>
internal static class DecisionText
{
    /// <summary>What a tag is called.</summary>
    public static string Tag(DecisionTag tag) => tag == DecisionTag.SqueezeExcite ? "se" : tag.ToString().ToLowerInvariant();

    /// <summary>"block2" of "block2/layer1/kernel", "stem" of "stem/width".</summary>
    public static string Part(string path) => path.Split('/')[0];

    /// <summary>"block2.1 kernel" of "block2/layer1/kernel".</summary>
    public static string Short(string path)
    {
        string[] parts = path.Split('/');
        return parts.Length == 3 && parts[1].StartsWith("layer", StringComparison.Ordinal) ? $"{parts[0]}.{parts[1]["layer".Length..]} {parts[2]}" : string.Join(' ', parts);
    }
}
