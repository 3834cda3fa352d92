using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MoViNetNAS.Notebooks;

/// <summary>Resolves <c>#r "path/Name.dll"</c> to the assembly of that name which this program itself was built with and has loaded, wherever the path points.</summary>
internal sealed class AssemblyResolver : MetadataReferenceResolver
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly IReadOnlyList<string> Trusted =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static readonly IReadOnlyDictionary<string, string> ByName = Trusted
        .DistinctBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>What every cell sees without asking: the framework. All else a notebook names, as in other notebook programs.</summary>
    public static IEnumerable<MetadataReference> FrameworkReferences() => Trusted
        .Where(path => Path.GetDirectoryName(path) == Framework)
        .Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>Names of the assemblies that are no part of the framework.</summary>
    public static IEnumerable<string> LibraryNames() =>
        ByName.Values.Where(path => Path.GetDirectoryName(path) != Framework).Select(path => Path.GetFileNameWithoutExtension(path));

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        ByName.TryGetValue(Path.GetFileName(reference.Replace('\\', '/')), out string? path) ? [MetadataReference.CreateFromFile(path, properties)] : [];

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is AssemblyResolver;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(AssemblyResolver).GetHashCode();
}
