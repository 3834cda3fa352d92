namespace MoViNetNAS.Models;

/// <summary>Weights and bias of a convolution or a matrix with the batch norm after it folded in.</summary>
/// <param name="Weight">As the parameter lies: output channel first.</param>
/// <param name="Bias">One for each output channel.</param>
internal sealed record FoldedArrays(float[] Weight, float[] Bias);
