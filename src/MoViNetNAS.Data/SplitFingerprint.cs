using System.Security.Cryptography;
using System.Text;

namespace MoViNetNAS.Data;

/// <summary>The hash that tells two data sets or two ways of splitting one apart.</summary>
internal static class SplitFingerprint
{
    /// <summary>SHA-256 hex over <paramref name="content"/> (what decides the pixels) and every item of every split.</summary>
    public static string Of(string content, IReadOnlyList<string> classes, IReadOnlyList<LabelHead> heads, Func<Split, IEnumerable<ClipItem>> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, content);
        foreach (string name in classes) Add(hash, name);
        // One class a clip says nothing more: its hashes are those stored before there were heads.
        if (heads is not [{ IsMultiLabel: false }])
        {
            foreach (LabelHead head in heads) Add(hash, $"head {head.Name} {head.First} {head.Count} {head.IsMultiLabel}");
        }

        foreach (Split split in Enum.GetValues<Split>())
        {
            foreach (ClipItem item in items(split))
            {
                Add(hash, split.ToString());
                Add(hash, item.Id);
                Add(hash, item.Labels.ToString());
                Add(hash, item.Source);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The zero keeps ("ab", "c") and ("a", "bc") apart.
    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
