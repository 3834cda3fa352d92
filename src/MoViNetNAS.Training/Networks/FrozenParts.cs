namespace MoViNetNAS.Training;

/// <summary>Which tensors of a network are frozen.</summary>
/// <remarks>No norm comes after the part that is frozen, so with anything frozen all norms keep, and use, their running statistics.</remarks>
internal static class FrozenParts
{
    private const string Classifier = "head.classifier.";
    private static readonly string[] FullyConnected = ["head.dense.", "head.hidden.", Classifier];

    /// <summary>Whether the tensor called <paramref name="name"/> stays as it is.</summary>
    public static bool Contains(FreezeType freeze, string name) => freeze switch
    {
        FreezeType.Backbone => !FullyConnected.Any(part => name.Contains(part, StringComparison.Ordinal)),
        FreezeType.AllButClassifier => !name.Contains(Classifier, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Whether the tensor is one of the last layer, whose shape follows the classes.</summary>
    public static bool IsClassifier(string name) => name.Contains(Classifier, StringComparison.Ordinal);
}
