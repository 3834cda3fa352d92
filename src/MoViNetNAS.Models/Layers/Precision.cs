namespace MoViNetNAS.Models;

/// <summary>The type of numbers in which a forward pass multiplies and adds. Weights, running averages and logits are float32 in either.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16 (8 bits of precision, the range of float32) for convolutions, the classifier's hidden layer and the activations between
    /// them; float32 for the statistics of norms, means over space and time, gates, what a stream carries, and the classifier.</summary>
    BFloat16,
}
