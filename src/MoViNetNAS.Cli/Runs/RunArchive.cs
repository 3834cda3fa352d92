using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>A run as one file: a zip of JSON and of the run's own files, each with its hash in the manifest.</summary>
internal static class RunArchive
{
    /// <summary>Version of the layout that this code writes and reads.</summary>
    public const int Format = 1;

    public const string Extension = ".zip", ManifestFile = "manifest.json", RecordFile = "run.json", TrialsFile = "trials.jsonl";

    private const long MostTextBytes = 1L << 30; // record and trials are read whole

    /// <summary>How record, trials and manifest are written: every number exact, names for enums, unknown keys refused.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerOptions.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    };

    /// <summary>The run in the file at <paramref name="path"/>, after every hash in it was found right.</summary>
    /// <exception cref="InputException">There is no such file, it is no exported run or one of a newer version, or it is damaged.</exception>
    public static RunLineage Read(string path)
    {
        using var zip = Open(path);
        return Check(path, zip);
    }

    /// <summary>Opens the file; it is not checked yet.</summary>
    /// <exception cref="InputException">There is no such file, or it is no zip.</exception>
    public static ZipArchive Open(string path)
    {
        if (!File.Exists(path)) throw new InputException($"there is no file {path}{NearestName.FileEnd(path)}");
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path} is damaged or no exported run (`movinet runs export` writes a zip): {e.Message}", e);
        }
    }

    /// <summary>Reads the run out of <paramref name="zip"/> and checks all of it: hashes, space, genotypes, fingerprint of the trials.</summary>
    /// <exception cref="InputException">It is no exported run or one of a newer version, or it is damaged.</exception>
    public static RunLineage Check(string path, ZipArchive zip)
    {
        try
        {
            var manifest = Manifest(path, zip);
            foreach (var file in manifest.Files) RequireWhole(path, zip, file);
            var record = JsonSerializer.Deserialize<RunRecord>(Text(path, zip, RecordFile), Json) ?? throw Damaged(path, $"{RecordFile} is empty");
            Trial[] trials = [.. Text(path, zip, TrialsFile).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<Trial>(line, Json) ?? throw Damaged(path, $"{TrialsFile} has an empty line"))];
            var lineage = new RunLineage(record, trials);
            RequireConsistent(path, manifest, lineage);
            return lineage;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new InputException($"{path} is damaged: {e.Message}", e);
        }
    }

    private static RunArchiveManifest Manifest(string path, ZipArchive zip)
    {
        if (zip.GetEntry(ManifestFile) is null) throw new InputException($"{path} is no exported run: it has no {ManifestFile}.");
        string text = Text(path, zip, ManifestFile);
        using (var document = JsonDocument.Parse(text))
        {
            // A newer layout may have keys that this one does not know: its number is read first.
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("format", out var format) || !format.TryGetInt32(out int number))
                throw Damaged(path, $"{ManifestFile} has no format");
            if (number > Format) throw new InputException($"{path} was written by a newer version (format {number}, this one reads {Format}); update movinet.");
            if (number < 1) throw Damaged(path, $"{ManifestFile} has the format {number}");
        }

        var manifest = JsonSerializer.Deserialize<RunArchiveManifest>(text, Json) ?? throw Damaged(path, $"{ManifestFile} is empty");
        string[] stated = [.. manifest.Files.Select(file => file.Name).Append(ManifestFile).Order(StringComparer.Ordinal)];
        string[] found = [.. zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)];
        if (!stated.SequenceEqual(found) || stated.Distinct().Count() < stated.Length)
            throw Damaged(path, $"its files are {string.Join(", ", found)}, and {ManifestFile} names {string.Join(", ", stated)}");
        string[] known = [RecordFile, TrialsFile, .. RunFolder.ExportedFiles, RunFolder.WeightsFile];
        if (stated.FirstOrDefault(name => name != ManifestFile && !known.Contains(name)) is { } other)
            throw Damaged(path, $"'{other}' is no file of a run");
        return stated.Contains(RecordFile) && stated.Contains(TrialsFile) ? manifest : throw Damaged(path, $"{RecordFile} or {TrialsFile} is missing");
    }

    private static void RequireWhole(string path, ZipArchive zip, RunArchiveEntry file)
    {
        using var stream = zip.GetEntry(file.Name)!.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
            if (bytes > file.Bytes) break; // whatever it unpacks to, no more is read than was promised
        }

        if (bytes != file.Bytes) throw Damaged(path, $"'{file.Name}' does not have its {file.Bytes} bytes");
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256) throw Damaged(path, $"'{file.Name}' does not have the hash that {ManifestFile} states");
    }

    private static void RequireConsistent(string path, RunArchiveManifest manifest, RunLineage lineage)
    {
        var record = lineage.Record;
        if (record.Name != manifest.Run) throw Damaged(path, $"it is of run '{manifest.Run}' and of '{record.Name}'");
        if (!RunNames.IsName(record.Name)) throw Damaged(path, $"'{record.Name}' is no name of a run");
        if (record.Status != RunStatus.Completed) throw Damaged(path, $"its run has not ended ({record.Status})");
        var space = SpaceFile.Parse($"{path}: space", record.Space);
        if (space.Hash != record.SpaceHash) throw Damaged(path, $"its space has the hash {space.Hash[..12]}, and the record states another");
        foreach (var trial in lineage.Trials)
        {
            if (trial.Run != record.Name) throw Damaged(path, $"a trial is of run '{trial.Run}'");
            if (space.Parse(trial.Genotype).ToString() != trial.Genotype) throw Damaged(path, $"'{trial.Genotype}' is no genotype in canonical form");
        }

        if (lineage.Trials.DistinctBy(trial => (trial.Phase, trial.Step, trial.Candidate)).Count() != lineage.Trials.Count) throw Damaged(path, "a trial is there twice");
        if (record.Fingerprints is { } prints && prints.Trials != Fingerprint.Of(lineage.Trials)) throw Damaged(path, "its trials do not have the run's fingerprint");
        lineage.OpenExperiment();
    }

    private static string Text(string path, ZipArchive zip, string name)
    {
        var entry = zip.GetEntry(name)!;
        if (entry.Length > MostTextBytes) throw Damaged(path, $"'{name}' is too long");
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static InputException Damaged(string path, string how) => new($"{path} is damaged: {how}.");
}
