using System.Security.Cryptography;
using System.Text;

namespace MoViNetNAS.Data.Tests;

public sealed class SplitFingerprintTests
{
    private static readonly string[] Classes = ["walk", "wave"];
    private static readonly LabelHead[] OneHead = [LabelHead.Single(2)];

    private static string Of(IReadOnlyList<LabelHead> heads, params LabelSet[] labels) =>
        SplitFingerprint.Of("10,20", Classes, heads, split => split == Split.Score ? [] : [.. labels.Select((set, i) => new ClipItem($"{split}{i}", set, $"source {i}"))]);

    // Runs and models that are stored compare their data by it.
    [Fact]
    public void One_class_a_clip_has_the_hash_it_had_before_there_were_heads()
    {
        const string Text = "10,20|walk|wave|Weights|Weights0|1|source 0|Weights|Weights1|0|source 1|Test|Test0|1|source 0|Test|Test1|0|source 1|";
        string expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.Replace('|', '\0'))));
        Assert.Equal(expected, Of(OneHead, new LabelSet(1), new LabelSet(0)));
    }

    [Fact]
    public void Heads_and_every_label_count()
    {
        LabelHead many = new("class", 0, 2, IsMultiLabel: true);
        string[] hashes =
        [
            Of(OneHead, new LabelSet(1)), Of([many], new LabelSet(1)), Of([many], new LabelSet([0, 1])), Of([many], new LabelSet([])),
            Of([many with { Name = "action" }], new LabelSet(1)), Of([new LabelHead("a", 0, 1, false), new LabelHead("b", 1, 1, false)], new LabelSet(1)),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }
}
