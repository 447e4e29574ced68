namespace ClusterNet.Tests;

public class HouseTests
{
    [Fact]
    public void The_house_stands() => Assert.True(1 + 1 == 2);
}
