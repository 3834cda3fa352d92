using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Writes a run as one file that other machines import; the same run gives the same bytes.</summary>
internal static class RunExport
{
    // Of every entry, so that the file does not depend on when it was written; the first that a zip can hold.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new(RunArchive.Json) { WriteIndented = true };

    /// <summary>Writes record, trials and those of the run's files that are there.</summary>
    /// <param name="lineage">The run.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="isWithWeights">Whether the shared weights go with it.</param>
    /// <returns>What the file holds.</returns>
    /// <exception cref="InputException">The weights are asked for and gone.</exception>
    /// <exception cref="MachineException">The file cannot be written.</exception>
    public static RunArchiveManifest Write(RunLineage lineage, RunFolder folder, string path, bool isWithWeights)
    {
        if (isWithWeights && !File.Exists(folder.Checkpoint)) throw new InputException($"--weights: {folder.Checkpoint} is not there.");
        var entries = new List<RunArchiveEntry>();
        RunArchiveManifest? manifest = null;
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            AddText(zip, entries, RunArchive.RecordFile, JsonSerializer.Serialize(lineage.Record, Indented) + "\n");
            AddText(zip, entries, RunArchive.TrialsFile, string.Concat(lineage.Trials.Select(trial => JsonSerializer.Serialize(trial, RunArchive.Json) + "\n")));
            foreach (string name in isWithWeights ? [.. RunFolder.ExportedFiles, RunFolder.WeightsFile] : RunFolder.ExportedFiles)
            {
                string file = Path.Combine(folder.Path, name);
                if (!File.Exists(file)) continue;
                using var source = File.OpenRead(file);
                Add(zip, entries, name, source);
            }

            manifest = new RunArchiveManifest(RunArchive.Format, lineage.Record.Name, RunMachine.VersionText(), entries);
            AddText(zip, [], RunArchive.ManifestFile, JsonSerializer.Serialize(manifest, Indented) + "\n");
        });
        return manifest!;
    }

    private static void AddText(ZipArchive zip, List<RunArchiveEntry> entries, string name, string text)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Add(zip, entries, name, source);
    }

    private static void Add(ZipArchive zip, List<RunArchiveEntry> entries, string name, Stream source)
    {
        bool isDense = name.EndsWith(".png", StringComparison.Ordinal) || name.EndsWith(".safetensors", StringComparison.Ordinal);
        var entry = zip.CreateEntry(name, isDense ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = entry.Open();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = source.Read(buffer)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            target.Write(buffer, 0, read);
        }

        entries.Add(new RunArchiveEntry(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
