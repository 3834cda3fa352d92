namespace MoViNetNAS.Cli.Doctor;

/// <summary>One thing looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsGood">Whether it works.</param>
/// <param name="IsRequired">Whether nothing runs without it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Mend">How to mend it; null when it works.</param>
internal sealed record Finding(string Name, bool IsGood, bool IsRequired, string Found, string? Mend)
{
    public static Finding Good(string name, string found) => new(name, true, false, found, null);

    public static Finding Required(string name, bool isGood, string found, string mend) => new(name, isGood, true, found, isGood ? null : mend);

    public static Finding Optional(string name, bool isGood, string found, string mend) => new(name, isGood, false, found, isGood ? null : mend);
}
