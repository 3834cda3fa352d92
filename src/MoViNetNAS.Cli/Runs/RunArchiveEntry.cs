namespace MoViNetNAS.Cli.Runs;

/// <summary>A file in an exported run.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, hex.</param>
internal sealed record RunArchiveEntry(string Name, long Bytes, string Sha256);
