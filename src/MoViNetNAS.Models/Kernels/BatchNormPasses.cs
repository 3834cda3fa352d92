namespace MoViNetNAS.Models.Kernels;

/// <summary>Forwards to the kernels; its type arguments are what the call picks at run time.</summary>
internal sealed unsafe class BatchNormPasses<TMath, TVector, TActivation> : IBatchNormPasses
    where TMath : struct, IVectorMath<TVector>
    where TVector : struct
    where TActivation : struct, IActivationFunction
{
    public void Statistics(float* x, float* shift, long first, long end, ChannelBlocks blocks, double* sums) =>
        BatchNormKernel<TMath, TVector, TActivation>.Statistics(x, shift, first, end, blocks, sums);

    public void Normalise(float* x, float* y, NormParameters norm, long first, long end, ChannelBlocks blocks) =>
        BatchNormKernel<TMath, TVector, TActivation>.Normalise(x, y, norm, first, end, blocks);

    public void GradientSums(float* x, float* dy, NormParameters norm, long first, long end, ChannelBlocks blocks, double* sums) =>
        BatchNormKernel<TMath, TVector, TActivation>.GradientSums(x, dy, norm, first, end, blocks, sums);

    public void InputGradient(
        float* x, float* dy, float* dx, NormParameters norm, float* offset, float* slope, long first, long end, ChannelBlocks blocks) =>
        BatchNormKernel<TMath, TVector, TActivation>.InputGradient(x, dy, dx, norm, offset, slope, first, end, blocks);

    public void ScaleShift(float* x, float* y, float* scale, float* shift, long first, long end, ChannelBlocks blocks) =>
        ScaleShiftKernel<TMath, TVector, TActivation>.Run(x, y, scale, shift, first, end, blocks);
}
