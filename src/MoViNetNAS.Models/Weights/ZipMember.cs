namespace MoViNetNAS.Models;

/// <summary>One stored member of a zip archive.</summary>
/// <param name="Name">With its folders.</param>
/// <param name="Begin">First byte of its contents in the file.</param>
/// <param name="Length">Bytes of its contents.</param>
/// <param name="Checksum">CRC-32 of its contents.</param>
internal sealed record ZipMember(string Name, long Begin, long Length, uint Checksum);
