using MoViNetNAS.Spaces;

namespace MoViNetNAS.Data.Tests;

public sealed class ManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-manifest-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "manifest.csv");

    private string FaultOf(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return Assert.Throws<InputException>(() => Manifest.Read(_folder)).Message;
    }

    [Fact]
    public void Columns_may_come_in_any_order_with_others_between()
    {
        System.IO.File.WriteAllText(File, "\uFEFFfps,subject,split,\"path\",label\r\n25,eli,val,\"a, b/c.avi\",walk\r\n");
        ManifestRow row = Assert.Single(Manifest.Read(_folder));
        Assert.Equal(new ManifestRow(2, "a, b/c.avi", Path.Combine(_folder, "a, b", "c.avi"), "walk", Split.Score, "eli"), row);
    }

    [Fact]
    public void A_missing_folder_or_manifest_is_named()
    {
        Assert.Contains($"{_folder} does not exist"[..10], Assert.Throws<InputException>(() => Manifest.Read(_folder + "x")).Message);
        Assert.Contains(File, Assert.Throws<InputException>(() => Manifest.Read(_folder)).Message);
    }

    [Fact]
    public void A_mistyped_column_or_split_is_an_error_with_the_nearest_name()
    {
        Assert.EndsWith("manifest.csv(1): column 'label' is missing; the header is 'path,lable,split,subject'; did you mean 'lable'?",
            FaultOf("path,lable,split,subject\na,b,train,c\n"));
        Assert.EndsWith("manifest.csv(3): unknown split 'trian', allowed are train, val, test; did you mean 'train'?",
            FaultOf("path,label,split,subject\na,b,train,c\nd,b,trian,c\n"));
    }

    [Fact]
    public void A_subject_in_two_splits_is_named_with_both_lines() =>
        Assert.EndsWith("manifest.csv(4): subject 'eli' is in two splits: train on line 2 and test on line 4; every subject belongs to one",
            FaultOf("path,label,split,subject\na,x,train,eli\nb,x,train,ido\nc,y,test,eli\n"));

    [Theory]
    [InlineData("../secret.avi")]
    [InlineData("a/../../secret.avi")]
    [InlineData("..\\secret.avi")]
    [InlineData("/etc/passwd")]
    [InlineData(".")]
    public void A_path_out_of_the_folder_is_refused(string path) =>
        Assert.Contains($"(2): path '{path}' leaves the folder", FaultOf($"path,label,split,subject\n{path},x,train,eli\n"));

    [Fact]
    public void All_wrong_lines_are_listed_at_once()
    {
        string fault = FaultOf("path,label,split,subject\na,x,train\nb,,train,eli\nc,x,train,\nd,x,train,eli\nd,x,train,eli\n");
        Assert.Contains("(2): 3 fields, the header has 4", fault);
        Assert.Contains("(3): label is empty", fault);
        Assert.Contains("(4): subject is empty; splits go by subject", fault);
        Assert.Contains("(6): path", fault);
    }

    [Fact]
    public void A_file_that_is_no_table_is_refused()
    {
        Assert.Contains("lists no video", FaultOf(""));
        Assert.Contains("lists no video", FaultOf("path,label,split,subject\n"));
        Assert.Contains("(2): the quoted field that begins here is never closed", FaultOf("path,label,split,subject\n\"a,b,c,d\n"));
        System.IO.File.WriteAllBytes(File, [0xFF, 0xFE, 0xC0, 0x80, 0x0A]);
        Assert.Throws<InputException>(() => Manifest.Read(_folder));
    }
}
