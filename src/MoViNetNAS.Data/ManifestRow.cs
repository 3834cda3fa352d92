namespace MoViNetNAS.Data;

/// <summary>One line of a manifest.</summary>
internal sealed record ManifestRow(int Line, string Path, string FullPath, string Label, Split Split, string Subject);
