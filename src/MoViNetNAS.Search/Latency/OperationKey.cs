using System.Globalization;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>What decides how long one operation of a streamed network takes; equal keys are the same work.</summary>
/// <remarks>The rest is the same in a whole <see cref="LatencyTable"/>: variant, classes, one stream, one frame.</remarks>
/// <param name="Part">One of <see cref="OperationKeys.Parts"/>, named as the cost model names it.</param>
/// <param name="Size">Rows and columns coming in; 1 for the classifier.</param>
/// <param name="Stride">Spatial stride, 1 or 2. A skip path with 2 pools first.</param>
/// <param name="Inputs">Channels coming in.</param>
/// <param name="Outputs">Channels going out; of the classifier its hidden units.</param>
/// <param name="Kernel">Of depthwise convolutions; null for all else.</param>
public sealed record OperationKey(string Part, int Size, int Stride, int Inputs, int Outputs, KernelShape? Kernel = null)
{
    /// <summary>Positions of a frame going out.</summary>
    public long OutputPositions => Stride == 2 ? (long)((Size + 1) / 2) * ((Size + 1) / 2) : (long)Size * Size;

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string text, out OperationKey key)
    {
        key = new OperationKey("", 1, 1, 1, 1);
        string[] words = text.Split(' ');
        if (words.Length is not (3 or 4) || !OperationKeys.Parts.Contains(words[0])) return false;
        string[] sizes = words[1].Split('/'), channels = words[2].Split('>');
        KernelShape kernel = default;
        if (sizes.Length > 2 || channels.Length != 2 || (words.Length == 4 && !KernelShape.TryParse(words[3], out kernel))) return false;
        int stride = 1;
        if (!IsCount(sizes[0], out int size) || !IsCount(channels[0], out int inputs) || !IsCount(channels[1], out int outputs)) return false;
        if (sizes.Length == 2 && !IsCount(sizes[1], out stride)) return false;
        key = new OperationKey(words[0], size, stride, inputs, outputs, words.Length == 4 ? kernel : null);
        return key.ToString() == text && stride <= 2 && key.Kernel.HasValue == (key.Part == OperationKeys.Depthwise); // one text for each key
    }

    /// <summary>"depthwise 16/2 24>24 5x3x3": part, size and stride (unless 1), channels, kernel.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Part} {Size}{(Stride == 1 ? "" : $"/{Stride}")} {Inputs}>{Outputs}{(Kernel is { } kernel ? $" {kernel}" : "")}");

    private static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= 1_000_000;
}
