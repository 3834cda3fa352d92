using MoViNetNAS.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Training;

/// <summary>Takes tensors of a checkpoint into place, or says which one does not fit.</summary>
internal static class SavedTensors
{
    /// <summary>Copies each saved tensor over the one of its name.</summary>
    /// <param name="targets">What is to be filled.</param>
    /// <param name="saved">What the file holds; more than that is allowed.</param>
    /// <param name="file">What mistakes call it.</param>
    /// <exception cref="InputException">A tensor is missing, or has another shape.</exception>
    public static void Copy(IEnumerable<KeyValuePair<string, Tensor>> targets, IReadOnlyDictionary<string, Tensor> saved, string file)
    {
        using var unrecorded = no_grad();
        foreach (var (name, target) in targets)
        {
            if (!saved.TryGetValue(name, out var tensor))
            {
                throw new InputException($"{file}: there is no tensor '{name}'{NearestName.End(name, saved.Keys)}");
            }

            // copy_ would spread a smaller tensor over a larger one.
            if (!tensor.shape.SequenceEqual(target.shape))
                throw new InputException($"{file}: tensor '{name}' has the shape [{string.Join(", ", tensor.shape)}]; here it is [{string.Join(", ", target.shape)}].");
            target.copy_(tensor);
        }
    }
}
