using System.Text;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Tests.Vectors;

public sealed class FixedKeyTests
{
    /// <summary>RFC 6979, A.2.5: P-256 with SHA-256. The s there is above n/2, so it is the order less that.</summary>
    [Fact]
    public void Signatures_are_those_of_RFC_6979_made_low()
    {
        var key = new FixedKey(Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

        var signature = key.Sign(Encoding.ASCII.GetBytes("sample"));

        Assert.Equal("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299", key.Public.ToString());
        Assert.Equal("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716", signature.ToString()[..64]);
        Assert.Equal("0834e36ad29a83bf2bc9385e491d6099c8fdf9d1ed67aa7ea5f51f93782857a9", signature.ToString()[64..]);
        Assert.True(Es256.Verify(key.Public, Encoding.ASCII.GetBytes("sample"), signature));
    }
}
