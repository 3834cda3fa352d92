namespace MoViNetNAS.Cli.Runs;

/// <summary>What an exported run consists of: <c>manifest.json</c> in the file.</summary>
/// <param name="Format">Version of the layout, <see cref="RunArchive.Format"/>.</param>
/// <param name="Run">Name of the run.</param>
/// <param name="WrittenBy">Versions of the program that exported it.</param>
/// <param name="Files">All other files in it.</param>
internal sealed record RunArchiveManifest(int Format, string Run, string WrittenBy, IReadOnlyList<RunArchiveEntry> Files);
