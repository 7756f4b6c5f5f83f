/** Plays held chords, single chords, and a bell by Web Audio; browsers allow that only after a press. */

/** Gain of a chord and of the bell; 1 is the loudest. */
const LOUD = 0.12;
/** Time constant of changes of pitch and gain, so that nothing clicks, s. */
const GLIDE = 0.03;
/** Partials of the bell, as multiples of its lowest. */
const PARTIALS = [1, 2, 2.99, 4.2];
const BELL_HZ = 523;
const BELL_SECONDS = 1.6;

export class Voices {
  private readonly context = new AudioContext();
  private held: { oscillator: OscillatorNode; gain: GainNode }[] = [];

  /** Holds a chord until another one is asked for; none is silence. @param pitches Hz */
  hold(pitches: readonly number[]): void {
    const { context } = this;
    while (this.held.length < pitches.length) this.held.push(this.voice('sine', context.destination));
    this.held.forEach(({ oscillator, gain }, i) => {
      const pitch = pitches[i];
      if (pitch !== undefined) oscillator.frequency.setTargetAtTime(pitch, context.currentTime, GLIDE);
      const loud = pitch === undefined ? 0 : LOUD / pitches.length;
      gain.gain.setTargetAtTime(loud, context.currentTime, GLIDE);
    });
  }

  /** A chord for a moment. @param pitches Hz @param side from −1, left, to 1, right @param seconds how long */
  strike(pitches: readonly number[], side: number, seconds: number): void {
    const { context } = this;
    const panner = context.createStereoPanner();
    panner.pan.value = side;
    panner.connect(context.destination);
    for (const pitch of pitches) this.fade(pitch, LOUD / pitches.length, seconds, panner);
  }

  /** The floor is reached. */
  ring(): void {
    for (const partial of PARTIALS)
      this.fade(BELL_HZ * partial, LOUD / PARTIALS.length / partial, BELL_SECONDS, this.context.destination);
  }

  /** Silence, for good. */
  close(): void {
    this.held = [];
    void this.context.close();
  }

  private fade(pitch: number, loud: number, seconds: number, to: AudioNode): void {
    const now = this.context.currentTime;
    const { oscillator, gain } = this.voice('triangle', to);
    oscillator.frequency.value = pitch;
    gain.gain.setTargetAtTime(loud, now, GLIDE / 3);
    gain.gain.setTargetAtTime(0, now + GLIDE, seconds / 4);
    oscillator.stop(now + GLIDE + 1.5 * seconds);
  }

  private voice(type: OscillatorType, to: AudioNode): { oscillator: OscillatorNode; gain: GainNode } {
    const [oscillator, gain] = [this.context.createOscillator(), this.context.createGain()];
    oscillator.type = type;
    gain.gain.value = 0;
    oscillator.connect(gain).connect(to);
    oscillator.start();
    return { oscillator, gain };
  }
}
