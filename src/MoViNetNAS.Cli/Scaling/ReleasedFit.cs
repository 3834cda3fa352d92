using System.Text;
using MoViNetNAS.Reporting;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Scaling;

/// <summary>A released network held against a space, as tables and CSV.</summary>
/// <param name="Space">The space.</param>
/// <param name="Released">The network.</param>
/// <param name="Rows">One for each of its values.</param>
internal sealed record ReleasedFit(SearchSpace Space, Architecture Released, IReadOnlyList<FitRow> Rows)
{
    private static readonly string[] Kinds = ["input", "width", "depth", "kernel", "expansion", "squeeze-excite"];

    /// <summary>Holds <paramref name="released"/> against <paramref name="space"/>.</summary>
    /// <exception cref="InputException">They have different numbers of blocks.</exception>
    public static ReleasedFit Of(SearchSpace space, Architecture released) => space.Definition.Blocks.Length == released.Blocks.Length
        ? new ReleasedFit(space, released, SpaceFit.Of(space, released))
        : throw new InputException($"space '{space.Name}' has {space.Definition.Blocks.Length} blocks, the released {released.Name} has {released.Blocks.Length}: they cannot be held against each other.");

    /// <summary>What is no option of the space, for people.</summary>
    public TextTable Misses() => new(
        ["value", Released.Name, "options of the space", "why not"],
        [.. Rows.Where(row => row.Fit != FitType.Option).Select(row => new[] { row.Path, row.Value, row.Options, row.Why })],
        [false, true, false, false]);

    /// <summary>How many values of each kind are options, between options, or outside.</summary>
    public string Summary() => string.Join("; ", Kinds.Where(kind => Rows.Any(row => row.Kind == kind)).Select(kind =>
    {
        FitRow[] of = [.. Rows.Where(row => row.Kind == kind)];
        int options = of.Count(row => row.Fit == FitType.Option), between = of.Count(row => row.Fit == FitType.Between), outside = of.Length - options - between;
        return $"{kind} {options} of {of.Length}{(between > 0 ? $", {between} between options" : "")}{(outside > 0 ? $", {outside} outside" : "")}";
    }));

    /// <summary>One line for each network, with shares of options by kind.</summary>
    public static TextTable Overview(IReadOnlyList<ReleasedFit> fits) => new(
        ["released", "space", .. Kinds, "all"],
        [.. fits.Select(fit => (IReadOnlyList<string>)[fit.Released.Name, fit.Space.Name, .. Kinds.Select(kind => Count(fit.Rows.Where(row => row.Kind == kind))), Count(fit.Rows)])],
        [false, false, .. Kinds.Select(_ => true), true]);

    /// <summary>Every value of several networks.</summary>
    public static string Csv(IReadOnlyList<ReleasedFit> fits)
    {
        var text = new StringBuilder("released,space,path,kind,value,options,fit,why\n");
        foreach (var fit in fits)
            foreach (var row in fit.Rows)
                text.Append($"{fit.Released.Name},{fit.Space.Name},{row.Path},{row.Kind},{row.Value},\"{row.Options}\",{row.Fit.ToString().ToLowerInvariant()},{row.Why}\n");
        return text.ToString();
    }

    // "12 (+3) of 20": options, and in brackets those that lie between options.
    private static string Count(IEnumerable<FitRow> rows)
    {
        FitRow[] all = [.. rows];
        int between = all.Count(row => row.Fit == FitType.Between);
        return $"{all.Count(row => row.Fit == FitType.Option)}{(between > 0 ? $" (+{between})" : "")} of {all.Length}";
    }
}
