using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Reports;

/// <summary>Finds how many classes a network tells apart from what it costs, where its record does not say, as records from before it was kept:
/// they keep costs, and multiply-adds rise by the same number with each class.</summary>
internal static class ClassCount
{
    /// <summary>The classes with which <paramref name="design"/> has <paramref name="macs"/> multiply-adds.</summary>
    /// <exception cref="InputException">With no number of classes.</exception>
    public static int Of(NetworkDesign design, InputShape input, long macs)
    {
        long one = CostModel.Of(design, 1, input).Macs, each = CostModel.Of(design, 2, input).Macs - one;
        return (macs - one) % each == 0 && macs >= one
            ? (int)(1 + (macs - one) / each)
            : throw new InputException($"the records do not fit together: network '{design.Name}' has {macs} multiply-adds with no number of classes.");
    }
}
