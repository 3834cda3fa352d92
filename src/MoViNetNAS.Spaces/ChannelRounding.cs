namespace MoViNetNAS.Spaces;

/// <summary>The two ways widths are rounded to multiples of 8; they differ and both are needed.</summary>
/// <remarks>Source: TuNAS (google-research, 0c1bbe5) <c>scale_filters</c> and <c>make_divisible</c>; the official MoViNet code.</remarks>
public static class ChannelRounding
{
    /// <summary>The multiple all widths share.</summary>
    public const int Divisor = 8;

    /// <summary>Width of a block, stem, head or expansion: <paramref name="nominal"/> x <paramref name="multiplier"/>, half rounded up, at least <paramref name="divisor"/>.</summary>
    public static int Scale(double nominal, double multiplier, int divisor = Divisor) =>
        Math.Max(divisor, divisor * (int)Math.Floor(nominal * multiplier / divisor + 0.5));

    /// <summary>Nearest multiple, but never more than 10 % below <paramref name="value"/>; used for squeeze-excite widths.</summary>
    public static int MakeDivisible(double value, int divisor = Divisor)
    {
        int rounded = Math.Max(divisor, (int)(value + divisor / 2.0) / divisor * divisor);
        return rounded < 0.9 * value ? rounded + divisor : rounded;
    }
}
