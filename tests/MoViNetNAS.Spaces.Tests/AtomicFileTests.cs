namespace MoViNetNAS.Spaces.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-atomic-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_written_with_its_folder_and_replaced()
    {
        string path = Path.Combine(_folder, "new", "deep", "file.txt");
        AtomicFile.WriteText(path, "one");
        AtomicFile.WriteText(path, "two");
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_no_partial_one()
    {
        string path = Path.Combine(_folder, "file.txt");
        AtomicFile.WriteText(path, "old");
        var fault = Assert.Throws<MachineException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("No space left on device");
        }));
        Assert.Contains(path, fault.Message);
        Assert.Contains("No space left on device", fault.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_writer_that_fails_or_is_interrupted_leaves_no_partial_file()
    {
        string path = Path.Combine(_folder, "file.txt");
        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_the_machines_fault()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Throws<MachineException>(() => AtomicFile.WriteText(Path.Combine(file, "below", "a.txt"), "x"));
        Assert.Throws<MachineException>(() => AtomicFile.WriteText(_folder, "a folder is there already"));
        Assert.False(File.Exists(_folder + ".tmp"));
    }
}
