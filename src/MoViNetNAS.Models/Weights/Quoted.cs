namespace MoViNetNAS.Models;

/// <summary>Names out of files that nobody has checked yet, as messages may show them: one line, not too long.</summary>
internal static class Quoted
{
    private const int Longest = 100;

    /// <summary>'name', cut when long; control characters become question marks.</summary>
    public static string Of(string name)
    {
        string start = name.Length > Longest ? name[..Longest] + "..." : name;
        return $"'{string.Concat(start.Select(c => char.IsControl(c) ? '?' : c))}'";
    }

    /// <summary>"[2, 3]", or how many axes there are when they are many.</summary>
    public static string Shape(IReadOnlyList<long> shape) =>
        shape.Count <= TensorShape.MostAxes ? $"[{string.Join(", ", shape)}]" : $"of {shape.Count} axes";
}
